import { expect, test } from 'vitest';
import { messageIn, type CustomMessage } from './message.js';

test.each<[CustomMessage | string, unknown]>([
  [
    { event_type: 'a', payload: { b: 1 } },
    { event_type: 'a', payload: { b: 1 } },
  ],
  ['{"event_type":"a","payload":{"b":1}}', { event_type: 'a', payload: { b: 1 } }],
  [{ event_type: 'a' }, { event_type: 'a', payload: {} }],
])('%j is a message', (said, message) => {
  expect(messageIn(said)).toEqual(message);
});

test.each([
  ['{', 'The message is text that is not JSON.'],
  ['[]', 'A message is an object with an event_type, which is text, and a payload.'],
  [{ payload: {} }, 'A message is an object with an event_type, which is text, and a payload.'],
  [{ event_type: 7 }, 'A message is an object with an event_type, which is text, and a payload.'],
  [{ event_type: 'a', payload: [] }, 'The payload of a must be an object.'],
  [{ event_type: 'a', payload: null }, 'The payload of a must be an object.'],
])('%j is refused', (said, words) => {
  expect(() => messageIn(said as CustomMessage)).toThrow(words);
});
