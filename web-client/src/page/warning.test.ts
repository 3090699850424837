import { expect, test } from 'vitest';
import { clockFace, endsByInput, firstOf, warningSentence } from './warning.js';

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

test('every reason has a sentence, an unknown one the general, and an end that can be put off its own', () => {
  const sentences = ['IdleTimeout', 'MaxDuration', 'NodeDrained', 'Preempted', 'Newer'].map(
    (reason) => warningSentence({ reason, extendable: false }),
  );
  sentences.push(warningSentence({ reason: 'MaxDuration', extendable: true }));
  expect(new Set(sentences).size).toBe(6);
});

test('of several ends the first is told', () => {
  const age = { reason: 'MaxDuration', at: 60_000, extendable: true };
  const idle = { reason: 'IdleTimeout', at: 30_000, extendable: false };
  expect(firstOf([age, idle])).toBe(idle);
  expect(firstOf([idle, age])).toBe(idle);
  expect(firstOf([])).toBeUndefined();
});

test('only the warning about idleness goes away by moving', () => {
  expect(endsByInput('IdleTimeout')).toBe(true);
  expect(endsByInput('MaxDuration')).toBe(false);
});
