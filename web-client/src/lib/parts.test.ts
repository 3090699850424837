import { beforeEach, expect, test } from 'vitest';
import { Parts } from './parts.js';

let parts: Parts;

beforeEach(() => {
  parts = new Parts();
});

function part(index: number, count: number, data: string, id = '7') {
  return parts.add({ id, index, count, data });
}

test('the last part completes the message', () => {
  expect(part(0, 3, '{"a"')).toBeUndefined();
  expect(part(1, 3, ':"b')).toBeUndefined();
  expect(part(2, 3, '"}')).toBe('{"a":"b"}');
});

test('a message whose parts are not all there is none', () => {
  part(0, 3, 'a');
  expect(part(2, 3, 'c')).toBeUndefined();
  expect(part(0, 1, 'x', '8')).toBe('x');
});

test('the parts of another message do not complete it', () => {
  part(0, 2, 'a');
  expect(part(1, 2, 'b', '8')).toBeUndefined();
  expect(part(1, 2, 'c')).toBe('ac');
});

test('a message begins anew with its first part', () => {
  part(0, 2, 'a');
  part(0, 2, 'b');
  expect(part(1, 2, 'c')).toBe('bc');
});

test('what is too large is forgotten, and the next message is not', () => {
  const data = 'x'.repeat(1024 * 1024);
  for (let index = 0; index < 5; index++) expect(part(index, 6, data)).toBeUndefined();
  expect(part(5, 6, 'y')).toBeUndefined();
  expect(part(0, 1, 'z')).toBe('z');
});

test.each([{}, { id: 7, index: 0, count: 1, data: 'a' }, { id: '7', index: 0, count: 1 }])(
  'what is no part is none: %j',
  (nonsense) => {
    expect(parts.add(nonsense)).toBeUndefined();
  },
);
