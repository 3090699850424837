import { expect, test } from 'vitest';
import { clockFace, endsByInput, warningSentence } from './warning.js';

test.each([
  [0, '0:00'],
  [-3, '0:00'],
  [0.2, '0:01'],
  [59, '0:59'],
  [65, '1:05'],
  [3600, '60:00'],
])('%d seconds read %s', (seconds, face) => {
  expect(clockFace(seconds)).toBe(face);
});

test('every reason has a sentence, an unknown one the general', () => {
  const sentences = ['IdleTimeout', 'MaxDuration', 'NodeDrained', 'Preempted', 'Newer'].map(
    warningSentence,
  );
  expect(new Set(sentences).size).toBe(5);
});

test('only the warning about idleness goes away by moving', () => {
  expect(endsByInput('IdleTimeout')).toBe(true);
  expect(endsByInput('MaxDuration')).toBe(false);
});
