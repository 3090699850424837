import { connect, sentenceFor, type SessionState, type Source, type Stream } from '../lib/index.js';
import type { StreamCallbacks } from './config.js';
import { EventAction, EventStatus, StreamError, type StreamEvent } from './events.js';

/** One stream, told in a Kit front end's words. */
export class DirectStream {
  /** Settles once: messages go both ways, or never will. */
  readonly connected: Promise<StreamEvent>;
  readonly #stream: Stream;
  readonly #video: HTMLVideoElement;
  readonly #callbacks: StreamCallbacks;
  #hasPlayed = false;

  constructor(source: Source, video: HTMLVideoElement, callbacks: StreamCallbacks) {
    this.#video = video;
    this.#callbacks = callbacks;
    this.#stream = connect({ video, source });
    this.#stream.onAny((message) => callbacks.onCustomEvent?.(message));
    this.connected = new Promise((resolve, reject) => {
      this.#stream.onOpen(() => resolve(started(EventStatus.SUCCESS, 'Messages go both ways.')));
      this.#stream.onState((state) => {
        if (state.kind === 'ended') reject(failureOf(state));
      });
    });
    this.#stream.onState((state) => this.#tell(state));
  }

  get stream(): Stream {
    return this.#stream;
  }

  get isOver(): boolean {
    return this.#stream.state.kind === 'ended';
  }

  /** The picture goes on where the stream is by now. */
  async start(): Promise<StreamEvent> {
    try {
      await this.#video.play();
      return started(EventStatus.SUCCESS, '');
    } catch (cause) {
      const info = 'The browser does not let the picture play before the viewer touches the page.';
      throw new StreamError(EventAction.START, info, { cause });
    }
  }

  /** The picture stands still; the session goes on. */
  stop(): StreamEvent {
    this.#video.pause();
    const event = told(EventAction.STOP, EventStatus.SUCCESS, 'The picture stands still.');
    this.#callbacks.onStop?.(event);
    return event;
  }

  /** Ends the session, here and on the server. */
  async terminate(): Promise<StreamEvent> {
    try {
      await this.#stream.close();
    } catch (cause) {
      throw new StreamError(EventAction.TERMINATE, sentenceIn(cause), { cause });
    }
    return told(EventAction.TERMINATE, EventStatus.SUCCESS, sentenceFor('ClosedByViewer'));
  }

  #tell(state: SessionState): void {
    const { onStart, onUpdate } = this.#callbacks;
    switch (state.kind) {
      case 'starting': {
        const { message, reason } = state.waiting;
        return onUpdate?.({ ...started(EventStatus.WAITING, message), reason });
      }
      case 'connecting':
        return onUpdate?.(started(EventStatus.IN_PROGRESS, 'Connecting.'));
      case 'reconnecting':
        return onUpdate?.(started(EventStatus.WARNING, sentenceFor('ConnectionLost')));
      case 'playing': {
        const event = started(EventStatus.SUCCESS, '');
        if (this.#hasPlayed) return onUpdate?.(event);
        this.#hasPlayed = true;
        return onStart?.(event);
      }
      case 'ended':
        return this.#tellTheEnd(state);
    }
  }

  #tellTheEnd({ reason, message: info }: Ended): void {
    const byViewer = reason === 'ClosedByViewer';
    const status = byViewer ? EventStatus.SUCCESS : EventStatus.ERROR;
    const { onStart, onStop, onTerminate } = this.#callbacks;
    if (!this.#hasPlayed && !byViewer) onStart?.({ ...started(status, info), reason });
    onStop?.({ ...told(EventAction.STOP, status, info), reason });
    onTerminate?.({ ...told(EventAction.TERMINATE, status, info), reason });
  }
}

type Ended = Extract<SessionState, { kind: 'ended' }>;

function failureOf({ reason, message }: Ended): StreamError {
  return new StreamError(EventAction.START, message, { reason });
}

function started(status: EventStatus, info: string): StreamEvent {
  return told(EventAction.START, status, info);
}

function told(action: EventAction, status: EventStatus, info: string): StreamEvent {
  return { action, status, info };
}

export function sentenceIn(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
