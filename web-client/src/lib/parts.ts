import type { JsonObject } from './json.js';

/** What a runtime sends at most, in characters. */
const MOST_CHARS = 4 * 1024 * 1024;

/** Joins messages that come in parts, the parts of one after the other. */
export class Parts {
  #id = '';
  #texts: string[] = [];
  #chars = 0;

  /** @returns the text of the message that this part completes, or undefined */
  add({ id, index, count, data }: JsonObject): string | undefined {
    if (typeof id !== 'string' || typeof data !== 'string') return undefined;
    if (index === 0) this.#begin(id);
    if (id !== this.#id || index !== this.#texts.length) return undefined;
    this.#chars += data.length;
    if (this.#chars > MOST_CHARS) this.#begin('');
    else this.#texts.push(data);
    if (this.#texts.length !== count) return undefined;
    const text = this.#texts.join('');
    this.#begin('');
    return text;
  }

  #begin(id: string): void {
    this.#id = id;
    this.#texts = [];
    this.#chars = 0;
  }
}
