import { expect, test } from 'vitest';
import type { InputEvent, PointerInput, WheelInput } from './input-event.js';
import { PendingInput } from './pending-input.js';

const move = (x: number): PointerInput => {
  return { t: 'pointer', kind: 'move', x, y: 0, button: 0, buttons: 0, mods: 0 };
};
const wheel = (dy: number): WheelInput => ({ t: 'wheel', dx: 1, dy, x: 0, y: 0, mods: 0 });
const key: InputEvent = { t: 'key', kind: 'down', code: 'KeyF', mods: 0 };

test('of many moves in one frame the last goes out', () => {
  const pending = new PendingInput();
  expect([0.1, 0.2, 0.3].flatMap((x) => pending.add(move(x)))).toEqual([]);
  expect(pending.flush()).toEqual([move(0.3)]);
  expect(pending.flush()).toEqual([]);
});

test('the turns of the wheel in one frame add up', () => {
  const pending = new PendingInput();
  [3, -1, 5].forEach((dy) => pending.add(wheel(dy)));
  expect(pending.flush()).toEqual([{ ...wheel(7), dx: 3 }]);
});

test('what cannot wait goes out at once, after the move that came before it', () => {
  const pending = new PendingInput();
  pending.add(move(0.4));
  expect(pending.add(key)).toEqual([move(0.4), key]);
  expect(pending.flush()).toEqual([]);
});
