import { expect, test } from 'vitest';
import { isEndReason, isTemporary, mayResume, reasonOfClose } from './reasons.js';
import { sentenceFor } from './words.js';

const general = sentenceFor('SomethingNewer');
const endReasons = [
  ...['Rejected', 'ClosedByViewer', 'ClosedByApi', 'QueueTimeout', 'StartTimeout'],
  ...['ConnectTimeout', 'ReconnectTimeout', 'IdleTimeout', 'MaxDuration', 'AppExited', 'AppFailed'],
  ...['DeviceLost', 'PodLost', 'NodeDrained', 'Preempted', 'AppDeleted', 'Replaced'],
];
const closeCodes = [4400, 4401, 4403, 4404, 4408, 4409, 4413, 4503];

test.each(endReasons)('%s has a sentence of its own', (reason) => {
  expect(sentenceFor(reason)).toMatch(/^[A-Z].*\.$/);
  expect(sentenceFor(reason)).not.toBe(general);
});

test.each(closeCodes)('close code %i has a sentence of its own', (code) => {
  expect(sentenceFor(reasonOfClose(code))).not.toBe(general);
  expect(reasonOfClose(code)).not.toBe('Unreachable');
});

test('a reason from a newer server, or from a hostile one, gets the general sentence', () => {
  expect(sentenceFor('constructor')).toBe(general);
  expect(general).toBe('The session has ended.');
});

test('a socket that breaks says only that nobody could be reached', () => {
  expect(reasonOfClose(1006)).toBe('Unreachable');
});

test('only ends are ends', () => {
  const others = [
    'Replaced',
    'NoSession',
    'SessionEnded',
    'NotStarted',
    'constructor',
    '',
    7,
    null,
  ];
  expect(endReasons.filter((reason) => !isEndReason(reason))).toEqual(['Replaced']);
  expect(others.filter(isEndReason)).toEqual([]);
});

test('no fact about the session is tried again', () => {
  expect(endReasons.filter(isTemporary)).toEqual([]);
});

test('a page keeps its session only when it may live on', () => {
  expect(endReasons.filter(mayResume)).toEqual(['Replaced']);
  expect(mayResume('ConnectionLost')).toBe(true);
});
