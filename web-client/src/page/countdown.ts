import type { FromApp } from '../lib/index.js';
import { elements } from './elements.js';
import { clockFace, endsByInput, warningSentence } from './warning.js';

const INPUT = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const;

/** Says that the session is about to end, and how long it has left. */
export class Countdown {
  #stop = new AbortController();

  show({ reason, secondsLeft }: FromApp['vitrine.warning']): void {
    this.hide();
    if (!(secondsLeft > 0)) return;
    const { warning, video } = elements;
    const [sentence, clock] = warning.children;
    const endsAt = performance.now() + secondsLeft * 1_000;
    const tick = () => {
      if (clock) clock.textContent = clockFace((endsAt - performance.now()) / 1_000);
    };
    const { signal } = (this.#stop = new AbortController());
    const timer = setInterval(tick, 1_000);
    signal.addEventListener('abort', () => clearInterval(timer));
    if (endsByInput(reason)) {
      INPUT.forEach((type) => video.addEventListener(type, () => this.hide(), { signal }));
    }
    tick();
    if (sentence) sentence.textContent = warningSentence(reason);
    warning.hidden = false;
  }

  hide(): void {
    this.#stop.abort();
    elements.warning.hidden = true;
  }
}
