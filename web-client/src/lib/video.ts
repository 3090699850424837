/** Shows a track in a video element. Muted, because browsers let nothing else start by itself. */
export class VideoBinding {
  readonly #video: HTMLVideoElement;
  #shown: AbortController | undefined;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    video.muted = true;
    video.autoplay = true;
    video.playsInline = true;
  }

  /** The last picture of the track before stays on the screen until this one's first is there. */
  show(track: MediaStreamTrack, onFirstPicture: () => void): void {
    this.#shown?.abort();
    this.#shown = new AbortController();
    const { signal } = this.#shown;
    this.#video.addEventListener('playing', onFirstPicture, { once: true, signal });
    this.#video.srcObject = new MediaStream([track]);
    // Refused only until the viewer touches the page, and then `autoplay` has its way.
    this.#video.play().catch(() => undefined);
  }

  close(): void {
    this.#shown?.abort();
    this.#video.srcObject = null;
  }
}
