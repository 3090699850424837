import { describe, expect, test } from 'vitest';
import { initialState, next, type SessionEvent, type SessionState } from './session.js';

const waiting = { reason: 'WaitingForPod', message: 'No pod yet.' };
const lost: SessionEvent = { type: 'stopped', reason: 'ConnectionLost', jitter: 1 };

function after(...events: SessionEvent[]): SessionState {
  return events.reduce(next, initialState);
}

describe('opening', () => {
  test('a session that has to be waited for says what for', () => {
    expect(after({ type: 'waiting', waiting })).toEqual({ kind: 'starting', attempt: 0, waiting });
  });

  test('a session plays with its first picture', () => {
    const events: SessionEvent[] = [
      { type: 'waiting', waiting },
      { type: 'dialling' },
      { type: 'playing' },
    ];
    expect(after(...events)).toEqual({ kind: 'playing' });
  });

  test('waiting while it plays changes nothing', () => {
    const playing = after({ type: 'playing' });
    expect(next(playing, { type: 'waiting', waiting })).toBe(playing);
  });
});

describe('reconnecting', () => {
  test('a lost connection is tried again, first after a quarter of a second', () => {
    expect(after({ type: 'playing' }, lost)).toEqual({
      kind: 'reconnecting',
      attempt: 1,
      inMillis: 250,
    });
  });

  test('each attempt that fails is one more', () => {
    expect(after({ type: 'playing' }, lost, { type: 'retry' }, lost)).toMatchObject({ attempt: 2 });
  });

  test('the count goes on while the session is started anew', () => {
    const events: SessionEvent[] = [lost, { type: 'retry' }, { type: 'waiting', waiting }, lost];
    expect(after(...events)).toMatchObject({ attempt: 2 });
  });

  test('a picture makes the count begin again', () => {
    const events: SessionEvent[] = [lost, { type: 'retry' }, { type: 'playing' }, lost];
    expect(after(...events)).toMatchObject({ attempt: 1 });
  });

  test('a second loss while it waits to try again counts once', () => {
    const once = after({ type: 'playing' }, lost);
    expect(next(once, lost)).toBe(once);
  });

  test('the ninth failure in a row ends the session with its reason', () => {
    const eight = Array.from({ length: 8 }, () => [lost, { type: 'retry' }] as const).flat();
    expect(after(...eight)).toEqual({ kind: 'connecting', attempt: 8 });
    expect(after(...eight, lost)).toEqual({
      kind: 'ended',
      reason: 'ConnectionLost',
      message: 'The connection was lost.',
    });
  });
});

describe('the end', () => {
  test('a reason that time does not heal ends the session at once', () => {
    expect(
      after({ type: 'stopped', reason: 'SessionInUse', message: 'Taken.', jitter: 0 }),
    ).toEqual({ kind: 'ended', reason: 'SessionInUse', message: 'Taken.' });
  });

  test('a reason without words gets them', () => {
    expect(after({ type: 'stopped', reason: 'IdleTimeout', message: '', jitter: 0 })).toMatchObject(
      {
        message: 'The session was closed because nothing happened for a while.',
      },
    );
  });

  test('an ended session stays ended, with its first reason', () => {
    const ended = after({ type: 'stopped', reason: 'IdleTimeout', jitter: 0 });
    const events: SessionEvent[] = [
      lost,
      { type: 'retry' },
      { type: 'dialling' },
      { type: 'playing' },
      { type: 'waiting', waiting },
    ];
    for (const event of events) expect(next(ended, event)).toBe(ended);
  });
});
