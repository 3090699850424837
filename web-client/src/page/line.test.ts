import { expect, test } from 'vitest';
import { lineSentence } from './line.js';

test.each([
  [1, 'You are next.'],
  [2, 'You are 2nd of 120.'],
  [3, 'You are 3rd of 120.'],
  [4, 'You are 4th of 120.'],
  [11, 'You are 11th of 120.'],
  [21, 'You are 21st of 120.'],
  [112, 'You are 112th of 120.'],
])('place %i: %s', (place, sentence) => {
  expect(lineSentence({ place, of: 120 })).toBe(sentence);
});

test.each([
  [10, 'Less than a minute.'],
  [60, 'About 1 minute.'],
  [61, 'About 2 minutes.'],
  [3_600, 'About 60 minutes.'],
  [3_660, 'About 2 hours.'],
  [86_400, 'About 24 hours.'],
])('%i seconds: %s', (expectedSeconds, wait) => {
  expect(lineSentence({ place: 3, of: 12, expectedSeconds })).toBe(`You are 3rd of 12. ${wait}`);
});
