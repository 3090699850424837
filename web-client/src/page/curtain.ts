import { elements } from './elements.js';
import type { Screen } from './screen.js';

/** Draws what stands before the picture. */
export function draw(screen: Screen): void {
  const { root, title, detail, progress, again } = elements;
  root.dataset['curtain'] = screen.curtain;
  root.toggleAttribute('data-busy', screen.busy);
  // A screen reader speaks each change: an unchanged text is left alone.
  if (title.textContent !== screen.title) title.textContent = screen.title;
  if (detail.textContent !== screen.detail) detail.textContent = screen.detail;
  progress.hidden = screen.progress === undefined;
  progress.value = screen.progress ?? 0;
  again.hidden = screen.action === undefined;
  again.textContent = screen.action ?? '';
}
