import type { FromApp } from '../lib/index.js';
import { elements } from './elements.js';
import { clockFace, endsByInput, firstOf, warningSentence, type NearEnd } from './warning.js';

const INPUT = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const;

/** Says that the session is about to end, how long it has left, and whether one may stay longer. */
export class Countdown {
  /** By reason: one warning does not take another back. */
  readonly #ends = new Map<string, NearEnd>();
  #stop = new AbortController();

  show({ reason, secondsLeft, extendableSeconds }: FromApp['vitrine.warning']): void {
    const at = performance.now() + secondsLeft * 1_000;
    if (secondsLeft > 0) this.#ends.set(reason, { reason, at, extendable: extendableSeconds > 0 });
    else this.#ends.delete(reason);
    this.#draw();
  }

  hide(): void {
    this.#ends.clear();
    this.#draw();
  }

  #draw(): void {
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    const { warning, stay, video } = elements;
    const end = firstOf(this.#ends.values());
    warning.hidden = !end;
    if (!end) return;
    const [sentence, clock] = warning.children;
    const tick = () => {
      if (clock) clock.textContent = clockFace((end.at - performance.now()) / 1_000);
    };
    const timer = setInterval(tick, 1_000);
    signal.addEventListener('abort', () => clearInterval(timer));
    if ([...this.#ends.keys()].some(endsByInput)) {
      INPUT.forEach((type) => video.addEventListener(type, () => this.#heardInput(), { signal }));
    }
    tick();
    if (sentence) sentence.textContent = warningSentence(end);
    stay.hidden = !end.extendable;
  }

  #heardInput(): void {
    [...this.#ends.keys()].filter(endsByInput).forEach((reason) => this.#ends.delete(reason));
    this.#draw();
  }
}
