import { expect, test } from 'vitest';
import { pointerInput, wheelInput, type PointerLike, type WheelLike } from './pointer.js';

const box = { left: 0, top: 0, width: 200, height: 100 };
const still: PointerLike = {
  type: 'pointermove',
  clientX: 100,
  clientY: 25,
  button: -1,
  buttons: 0,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
};
const wheel: WheelLike = { ...still, type: 'wheel', deltaX: 1, deltaY: -2, deltaMode: 0 };

test('a move tells its place in the picture', () => {
  expect(pointerInput(still, box)).toEqual({
    t: 'pointer',
    kind: 'move',
    x: 0.5,
    y: 0.25,
    button: 0,
    buttons: 0,
    mods: 0,
  });
});

test('a press names its button and what is held', () => {
  const press = { ...still, type: 'pointerdown', button: 2, buttons: 2, shiftKey: true };
  expect(pointerInput(press, box)).toMatchObject({ kind: 'down', button: 2, buttons: 2, mods: 1 });
});

test('every modifier has its bit', () => {
  const all = { ...still, shiftKey: true, ctrlKey: true, altKey: true, metaKey: true };
  expect(pointerInput(all, box)?.mods).toBe(15);
  expect(pointerInput({ ...still, ctrlKey: true }, box)?.mods).toBe(2);
});

test('a second button while one is held comes as a move, and goes as a press or a release', () => {
  const chord = { ...still, button: 1, buttons: 1 | 4 };
  expect(pointerInput(chord, box)).toMatchObject({ kind: 'down', button: 1, buttons: 5 });
  expect(pointerInput({ ...chord, buttons: 1 }, box)).toMatchObject({ kind: 'up', button: 1 });
});

test('a press beside the picture is nobody’s', () => {
  const outside = { ...still, clientX: 300 };
  expect(pointerInput(outside, box)).toBeUndefined();
  expect(pointerInput({ ...outside, type: 'pointerdown', button: 0, buttons: 1 }, box)).toBe(
    undefined,
  );
});

test('a drag that leaves the picture goes on at its edge, and its release is heard', () => {
  const dragged = { ...still, clientX: 300, buttons: 1 };
  expect(pointerInput(dragged, box)).toMatchObject({ kind: 'move', x: 1, y: 0.25 });
  const released = { ...still, type: 'pointerup', clientX: 300, button: 0 };
  expect(pointerInput(released, box)).toMatchObject({ kind: 'up', x: 1 });
});

test('a touch that the system takes over is cancelled', () => {
  expect(pointerInput({ ...still, type: 'pointercancel', button: 0 }, box)?.kind).toBe('cancel');
});

test('a fourth button is nobody’s, and is in no mask', () => {
  expect(pointerInput({ ...still, type: 'pointerdown', button: 3, buttons: 8 }, box)).toBe(
    undefined,
  );
  expect(pointerInput({ ...still, buttons: 1 | 8 }, box)?.buttons).toBe(1);
});

test('the wheel speaks pixels, whatever the browser speaks', () => {
  expect(wheelInput(wheel, box)).toMatchObject({ dx: 1, dy: -2, x: 0.5, y: 0.25 });
  expect(wheelInput({ ...wheel, deltaMode: 1 }, box)).toMatchObject({ dx: 16, dy: -32 });
  expect(wheelInput({ ...wheel, deltaMode: 2 }, box)).toMatchObject({ dx: 100, dy: -200 });
});

test('the wheel beside the picture turns nothing', () => {
  expect(wheelInput({ ...wheel, clientX: -5 }, box)).toBeUndefined();
});
