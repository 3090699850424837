import { elements } from './elements.js';

const SHOWN_MILLIS = 8_000;

/** A short word at the bottom of the page, gone by itself after a while. */
export class Toast {
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string): void {
    clearTimeout(this.#timer);
    elements.toast.textContent = text;
    elements.toast.hidden = false;
    this.#timer = setTimeout(() => this.hide(), SHOWN_MILLIS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    elements.toast.hidden = true;
  }
}
