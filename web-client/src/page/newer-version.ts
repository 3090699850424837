import { elements } from './elements.js';

const { newer, dismiss, video } = elements;

/** Says that there is a newer version, until the viewer waves it off; then only of a yet newer one. */
export class NewerVersion {
  #dismissed = '';

  /** @param version empty: there is nothing to tell any more */
  show(version: string): void {
    newer.hidden = version === '' || version === this.#dismissed;
    dismiss.onclick = () => {
      this.#dismissed = version;
      newer.hidden = true;
      video.focus();
    };
  }
}
