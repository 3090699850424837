import { expect, test } from 'vitest';
import { delay, pollDelayMillis, reconnectDelayMillis } from './backoff.js';

test('the waits between attempts double up to four seconds', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => reconnectDelayMillis(attempt, 1));
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000, 4000]);
});

test('jitter takes away up to half of a wait', () => {
  expect(reconnectDelayMillis(3, 0)).toBe(500);
  expect(reconnectDelayMillis(3, 0.5)).toBe(750);
});

test('a far attempt waits no longer than the cap', () => {
  expect(reconnectDelayMillis(5_000, 1)).toBe(4000);
});

test('polls begin at 200 ms and never wait more than 2 s', () => {
  expect([0, 1, 2, 50].map(pollDelayMillis)).toEqual([200, 300, 450, 2000]);
});

test('a delay ends at once when it is aborted', async () => {
  const abort = new AbortController();
  const waiting = delay(60_000, abort.signal);
  abort.abort(new Error('no longer wanted'));
  await expect(waiting).rejects.toThrow('no longer wanted');
});

test('a delay that is aborted before it begins does not begin', async () => {
  await expect(delay(60_000, AbortSignal.abort(new Error('never')))).rejects.toThrow('never');
});
