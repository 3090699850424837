import { expect, test } from 'vitest';
import type { QueuePlace } from '../lib/index.js';
import { screenOf } from './screen.js';
import { unknownStage, withProgress, withState } from './stage.js';

const waiting = (reason: string, message: string, queue?: QueuePlace) =>
  screenOf(
    { kind: 'starting', attempt: 0, waiting: { reason, message, ...(queue && { queue }) } },
    unknownStage,
  );
const loading = withState(unknownStage, { state: 'starting', message: 'kitchen.usda' });

test('waiting shows the reason’s title and the server’s sentence', () => {
  expect(waiting('Pending', 'The session waits for the controller')).toEqual({
    curtain: 'solid',
    title: 'Waiting for a pod',
    detail: 'The session waits for the controller',
    busy: true,
  });
});

test('a reason that the page does not know still has a title', () => {
  expect(waiting('toString', '').title).toBe('Starting the application');
});

test('a place in the line is said in words, and until it is known the server’s sentence', () => {
  expect(waiting('Queued', 'It waits.', { place: 3, of: 12, expectedSeconds: 120 })).toMatchObject({
    title: 'Waiting in line',
    detail: 'You are 3rd of 12. About 2 minutes.',
  });
  expect(waiting('Queued', 'It waits.')).toMatchObject({
    title: 'Waiting in line',
    detail: 'It waits.',
  });
});

test('nothing stands before a playing picture', () => {
  expect(screenOf({ kind: 'playing' }, unknownStage).curtain).toBe('none');
  const ready = withState(loading, { state: 'ready', message: '' });
  expect(screenOf({ kind: 'playing' }, ready).curtain).toBe('none');
});

test('a stage that loads veils the picture and shows its progress', () => {
  expect(screenOf({ kind: 'playing' }, withProgress(loading, { progress: 0.4 }))).toEqual({
    curtain: 'veil',
    title: 'Loading the stage',
    detail: 'kitchen.usda',
    busy: true,
    progress: 0.4,
  });
});

test('a stage that loads before the first picture is said, too', () => {
  const connecting = { kind: 'connecting', attempt: 0 } as const;
  expect(screenOf(connecting, unknownStage).title).toBe('Connecting');
  expect(screenOf(connecting, loading).title).toBe('Loading the stage');
});

test('a progress that is none is not shown', () => {
  for (const progress of ['0.4', -1, 2, Number.NaN, null]) {
    expect(withProgress(loading, { progress })).toBe(loading);
  }
});

test('a state of the stage that the page does not know changes nothing', () => {
  expect(withState(loading, { state: 'dancing' as 'ready', message: '' })).toBe(loading);
});

test('reconnecting leaves the last picture in sight', () => {
  const state = { kind: 'reconnecting', attempt: 2, inMillis: 500 } as const;
  expect(screenOf(state, unknownStage)).toMatchObject({ curtain: 'veil', title: 'Reconnecting' });
  const again = { kind: 'connecting', attempt: 2 } as const;
  expect(screenOf(again, unknownStage)).toMatchObject({ curtain: 'veil', title: 'Reconnecting' });
});

test('an end has its word, the server’s own when it says more, and a way on', () => {
  const ended = { kind: 'ended', reason: 'AppFailed', message: 'Vulkan: no device.' } as const;
  expect(screenOf(ended, unknownStage)).toEqual({
    curtain: 'solid',
    title: 'The application has stopped because of an error.',
    detail: 'Vulkan: no device.',
    busy: false,
    action: 'Start again',
  });
});

test('a word is not said twice', () => {
  const message = 'The connection was lost.';
  const ended = { kind: 'ended', reason: 'ConnectionLost', message } as const;
  expect(screenOf(ended, unknownStage)).toMatchObject({ detail: '', action: 'Try again' });
});
