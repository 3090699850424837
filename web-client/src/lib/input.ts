import { modifiersOf, type InputEvent } from './input-event.js';
import { PendingInput } from './pending-input.js';
import { pictureBox } from './picture.js';
import { pointerInput, wheelInput } from './pointer.js';

/** Keys that stay the browser's: moving the focus, leaving full screen, reloading, the developer's tools. */
const browsersKeys = /^(Tab|Escape|F\d+)$/;

/**
 * Hears the pointer, the wheel and the keyboard over a video element.
 *
 * @returns a function that stops listening
 */
export function bindInput(video: HTMLVideoElement, send: (event: InputEvent) => void): () => void {
  const pending = new PendingInput();
  const listening = new AbortController();
  let frame = 0;

  const flush = () => {
    frame = 0;
    pending.flush().forEach(send);
  };
  const push = (event: InputEvent | undefined) => {
    if (!event) return;
    const now = pending.add(event);
    now.forEach(send);
    if (now.length === 0 && frame === 0) frame = requestAnimationFrame(flush);
  };
  const box = () =>
    pictureBox(video.getBoundingClientRect(), {
      width: video.videoWidth,
      height: video.videoHeight,
    });
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) => video.addEventListener(type, listener, { signal: listening.signal, passive: false });

  const pointer = (event: PointerEvent) => {
    if (event.isPrimary) push(pointerInput(event, box()));
  };
  const key = (event: KeyboardEvent) => {
    const shortcut = event.ctrlKey || event.metaKey || event.altKey;
    if (browsersKeys.test(event.code)) return;
    if (!shortcut) event.preventDefault();
    if (event.repeat || event.code === '') return;
    const kind = event.type === 'keydown' ? 'down' : 'up';
    push({ t: 'key', kind, code: event.code, mods: modifiersOf(event) });
  };
  const blur = () => push({ t: 'blur' });

  on('pointermove', pointer);
  on('pointerup', pointer);
  on('pointercancel', pointer);
  on('pointerdown', (event) => {
    // Else the browser takes a middle button for scrolling.
    event.preventDefault();
    video.focus({ preventScroll: true });
    if (event.isPrimary) video.setPointerCapture(event.pointerId);
    pointer(event);
  });
  on('wheel', (event) => {
    event.preventDefault();
    push(wheelInput(event, box()));
  });
  on('contextmenu', (event) => event.preventDefault());
  on('keydown', key);
  on('keyup', key);
  on('blur', blur);
  window.addEventListener('blur', blur, { signal: listening.signal });

  video.style.touchAction = 'none';
  if (video.tabIndex < 0) video.tabIndex = 0;
  return () => {
    listening.abort();
    cancelAnimationFrame(frame);
  };
}
