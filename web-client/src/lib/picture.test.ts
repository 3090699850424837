import { expect, test } from 'vitest';
import { pictureBox, placeIn } from './picture.js';

const wide = { width: 1280, height: 720 };

test('a picture of the same shape fills its element', () => {
  const element = { left: 10, top: 20, width: 640, height: 360 };
  expect(pictureBox(element, wide)).toEqual(element);
});

test('a tall element has bars above and below', () => {
  const element = { left: 0, top: 0, width: 640, height: 640 };
  expect(pictureBox(element, wide)).toEqual({ left: 0, top: 140, width: 640, height: 360 });
});

test('a wide element has bars left and right', () => {
  const element = { left: 100, top: 0, width: 1000, height: 360 };
  expect(pictureBox(element, wide)).toEqual({ left: 280, top: 0, width: 640, height: 360 });
});

test('an element without a picture yet counts as the picture', () => {
  const element = { left: 0, top: 0, width: 300, height: 150 };
  expect(pictureBox(element, { width: 0, height: 0 })).toEqual(element);
});

test('places are fractions of the picture, not of the element', () => {
  const box = { left: 0, top: 140, width: 640, height: 360 };
  expect(placeIn(box, 320, 320)).toEqual({ x: 0.5, y: 0.5, inside: true });
  expect(placeIn(box, 0, 140)).toEqual({ x: 0, y: 0, inside: true });
  expect(placeIn(box, 640, 500)).toEqual({ x: 1, y: 1, inside: true });
});

test('a place on the bars is outside, at the nearest edge', () => {
  const box = { left: 0, top: 140, width: 640, height: 360 };
  expect(placeIn(box, 320, 10)).toEqual({ x: 0.5, y: 0, inside: false });
});

test('every place of every element is a fraction', () => {
  for (let i = 0; i < 1_000; i++) {
    const element = { left: i - 500, top: 500 - i, width: i % 7, height: (i * 13) % 11 };
    const picture = { width: (i * 31) % 1920, height: (i * 17) % 1080 };
    const { x, y } = placeIn(pictureBox(element, picture), i % 97, i % 89);
    for (const value of [x, y]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  }
});
