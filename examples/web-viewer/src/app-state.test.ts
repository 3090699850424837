import { describe, expect, test } from 'vitest';
import { firstApp, nextApp, type AppEvent } from './app-state';
import type { Config } from './config/config';

const local: Config = { source: 'local', local: { server: '127.0.0.1', signalingPort: 8080 } };
const settings = { appServer: 'http://a', streamServer: 'http://b' };
const stream: Config = { source: 'stream', stream: settings };
const backendUrl = 'http://b/streaming/stream';

const screenAfter = (...events: AppEvent[]) => events.reduce(nextApp, firstApp).screen;
const read = (config: Config): AppEvent => ({ type: 'configRead', config });

describe('the first screen', () => {
  test('is that of the source', () => {
    expect(screenAfter(read(local))).toEqual({ kind: 'local', settings: local.local });
    expect(screenAfter(read(stream))).toEqual({ kind: 'servers', settings });
    expect(screenAfter(read({ source: 'gfn', gfn: {} }))).toEqual({ kind: 'gfn' });
  });

  test('tells what is wrong with the config', () => {
    const problems = ['"source" is missing.'];
    expect(screenAfter({ type: 'configFailed', problems })).toEqual({
      kind: 'misconfigured',
      problems,
    });
  });
});

test('a runtime is connected to as it was named, and named so again', () => {
  const lab = { server: 'lab', signalingPort: 49_100 };
  const named: AppEvent = { type: 'runtimeNamed', settings: lab };
  expect(screenAfter(read(local), named)).toEqual({
    kind: 'streaming',
    target: { kind: 'runtime', settings: lab },
  });
  const ended: AppEvent = { type: 'ended', message: 'You closed the session.' };
  expect(screenAfter(read(local), named, ended)).toEqual({
    kind: 'ended',
    message: 'You closed the session.',
  });
  expect(screenAfter(read(local), named, ended, { type: 'begunAnew' })).toEqual({
    kind: 'local',
    settings: lab,
  });
});

test('a session is chosen, waited for, and connected to', () => {
  const found: AppEvent = { type: 'serversFound', settings };
  expect(screenAfter(read(stream), found)).toEqual({ kind: 'choosing', settings });
  const waiting = { id: 's', ready: false, message: 'In line.', queue: { place: 1, of: 1 } };
  const told = { type: 'sessionTold', settings, backendUrl } as const;
  expect(screenAfter(read(stream), found, { ...told, session: waiting })).toEqual({
    kind: 'waiting',
    settings,
    session: waiting,
  });
  const ready = { id: 's', ready: true, message: '' };
  expect(screenAfter(read(stream), found, { ...told, session: ready })).toEqual({
    kind: 'streaming',
    target: { kind: 'session', backendUrl, id: 's' },
  });
});

test('what is told late of a session changes nothing', () => {
  const session = { id: 's', ready: true, message: '' };
  const told: AppEvent = { type: 'sessionTold', settings, backendUrl, session };
  const found: AppEvent = { type: 'serversFound', settings };
  const back: AppEvent = { type: 'begunAnew' };
  expect(screenAfter(read(stream), found, back, told)).toEqual({ kind: 'servers', settings });
  const ended: AppEvent = { type: 'ended', message: 'You did not wait.' };
  expect(screenAfter(read(stream), found, ended, told)).toMatchObject({ kind: 'ended' });
});
