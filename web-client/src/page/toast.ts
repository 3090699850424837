import { elements } from './elements.js';

const SHOWN_MILLIS = 8_000;

/** A short word at the bottom of the page. */
export class Toast {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a word that goes by itself after a while. */
  show(text: string): void {
    this.keep(text);
    this.#timer = setTimeout(() => this.hide(), SHOWN_MILLIS);
  }

  /** Shows a word that stays until it is hidden. */
  keep(text: string): void {
    clearTimeout(this.#timer);
    elements.toast.textContent = text;
    elements.toast.hidden = false;
  }

  hide(): void {
    clearTimeout(this.#timer);
    elements.toast.hidden = true;
  }
}
