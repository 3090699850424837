import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectConfig } from '../src/kit/index.js';
import { BrowserRuntime } from './browser-runtime.js';
import { launchChromium } from './chromium.js';
import { PageHost } from './page-host.js';

const LIMIT = { timeout: 25_000 };
const PATH = '/lab/proxy/49100';

/** Keeps what it is told, for the test to read. */
const SCRIPT = `
import { AppStreamer, StreamType } from './app-streamer.js';

window.told = [];
const note = (name) => (event) => window.told.push({ ...event, name });
window.AppStreamer = AppStreamer;
window.begin = (fields) => {
  const callbacks = Object.fromEntries(
    ['onStart', 'onUpdate', 'onCustomEvent', 'onStop', 'onTerminate'].map((name) => [name, note(name)]),
  );
  const streamConfig = { autoLaunch: true, mic: false, maxReconnects: 20, ...fields, ...callbacks };
  return AppStreamer.connect({ streamSource: StreamType.DIRECT, streamConfig }).catch((failure) => ({
    failed: failure.info,
    status: failure.status,
  }));
};`;

let browser: Browser;
let host: PageHost;
let runtime: BrowserRuntime;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  host = await PageHost.start();
  host.files.set(
    'kit.html',
    '<!doctype html><title>kit</title><video id="remote-video"></video><script type="module" src="kit.js"></script>',
  );
  host.files.set('kit.js', SCRIPT);
  for (const name of ['app-streamer.js', 'vitrine-client.js']) {
    host.files.set(name, readFileSync(`dist/${name}`));
  }
  runtime = await BrowserRuntime.start(browser);
  host.onSignalling = (socket, _subprotocols, path) => {
    expect(path).toBe(`${PATH}/signal`);
    runtime.serve(socket);
  };
  page = await browser.newPage();
  await page.goto(`${host.url}kit.html`);
});
afterEach(async () => {
  await page.close();
  await runtime[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

interface KitWindow {
  told: Record<string, unknown>[];
  begin(fields: DirectConfig): Promise<object>;
  AppStreamer: typeof import('../src/kit/index.js').AppStreamer;
}

const local = (): DirectConfig => {
  const { hostname, port } = new URL(host.url);
  return { signalingServer: hostname, signalingPort: Number(port), signalingPath: PATH };
};

const begin = (fields: DirectConfig = local()) =>
  page.evaluate((fields) => (window as unknown as KitWindow).begin(fields), fields);

const told = (name: string) =>
  page.evaluate(
    (name) => (window as unknown as KitWindow).told.filter((event) => event['name'] === name),
    name,
  );

/** Waits until a callback was told something like this. */
const hears = (name: string, event: object) =>
  expect.poll(() => told(name), LIMIT).toContainEqual(expect.objectContaining(event));

/** What a call of the facade gives, or the words of its failure. */
const call = (name: string, ...parameters: unknown[]) =>
  page.evaluate(
    ({ name, parameters }) => {
      const { AppStreamer } = window as unknown as KitWindow;
      const method = Reflect.get(AppStreamer, name) as (...all: unknown[]) => Promise<unknown>;
      return method.apply(AppStreamer, parameters).catch(({ info }: { info: string }) => info);
    },
    { name, parameters },
  );

async function play(): Promise<void> {
  await begin();
  await hears('onStart', { action: 'start', status: 'success' });
}

describe('the facade of a Kit front end', () => {
  test('connects, tells the first picture once, and how it is doing', async () => {
    expect(await begin()).toMatchObject({ action: 'start', status: 'success' });
    await hears('onStart', { action: 'start', status: 'success', info: '' });
    await hears('onUpdate', { status: 'inProgress', info: 'Connecting.' });
    await runtime.hangUp();
    await hears('onUpdate', { status: 'warning', info: 'The connection was lost.' });
    await hears('onUpdate', { status: 'success' });
    expect(await told('onStart')).toHaveLength(1);
    expect(await told('onTerminate')).toEqual([]);
  });

  test('exchanges messages, as objects and as text', async () => {
    await play();
    const message = { event_type: 'selectPrimsRequest', payload: { paths: ['/World/Car'] } };
    const said = { action: 'message', status: 'success' };
    expect(await call('sendMessage', message)).toMatchObject(said);
    expect(await call('sendMessage', JSON.stringify(message))).toMatchObject(said);
    await expect
      .poll(() => runtime.messages.filter((each) => each.event_type === message.event_type), LIMIT)
      .toEqual([message, message]);
    await runtime.say('stageSelectionChanged', { prims: ['/World/Car'] });
    await hears('onCustomEvent', {
      event_type: 'stageSelectionChanged',
      payload: { prims: ['/World/Car'] },
    });
    expect(await call('sendMessage', { event_type: 'x', payload: { x: 'x'.repeat(65_536) } })).toBe(
      'This page sent more than the application accepts.',
    );
  });

  test('asks what a USD viewer can be asked', async () => {
    await play();
    const asked = async (type: string, reply: string, payload: object) => {
      await expect
        .poll(() => runtime.messages.map(({ event_type }) => event_type), LIMIT)
        .toContain(type);
      await runtime.say(reply, payload);
    };
    const children = {
      prim_path: '/',
      children: [{ name: 'World', path: '/World', children: {} }],
    };
    const [listed] = await Promise.all([
      call('getChildren', '/', ['USDGeom']),
      asked('getChildrenRequest', 'getChildrenResponse', children),
    ]);
    expect(listed).toEqual(children);
    const opened = { url: 'a.usda', result: 'success', error: '' };
    const [result] = await Promise.all([
      call('openStage', 'a.usda'),
      asked('openStageRequest', 'openedStageResult', opened),
    ]);
    expect(result).toEqual(opened);
    const reset = { result: 'success', error: '' };
    const [back] = await Promise.all([
      call('resetStage'),
      asked('resetStage', 'resetStageResponse', reset),
    ]);
    expect(back).toEqual(reset);
    expect(runtime.messages).toContainEqual({
      event_type: 'selectPrimsRequest',
      payload: { paths: [] },
    });
    const message = 'Nobody can pick.';
    const [refused] = await Promise.all([
      call('makePrimsSelectable', ['/World']),
      asked('makePrimsPickable', 'viewerError', { event_type: 'makePrimsPickable', message }),
    ]);
    expect(refused).toBe(message);
  });

  test('waits for a stage as long as the runtime takes for one', async () => {
    await play();
    await page.clock.install();
    const asked = call('openStage', 'large.usda');
    await expect
      .poll(() => runtime.messages.map(({ event_type }) => event_type), LIMIT)
      .toContain('openStageRequest');
    await page.clock.fastForward(60_000);
    const opened = { url: 'large.usda', result: 'success', error: '' };
    await runtime.say('openedStageResult', opened);
    expect(await asked).toEqual(opened);
  });

  test('stops and starts the picture; a resize says whose the size is', async () => {
    await play();
    const paused = () => page.locator('video').evaluate(({ paused }: HTMLVideoElement) => paused);
    await call('stop');
    expect(await paused()).toBe(true);
    await hears('onStop', { action: 'stop', status: 'success' });
    expect(await call('start')).toMatchObject({ action: 'start', status: 'success' });
    expect(await paused()).toBe(false);
    expect(await call('resize', 800, 600)).toMatchObject({ action: 'resize', status: 'warning' });
  });

  test('terminates, and can connect again', async () => {
    await play();
    expect(await call('terminate', true)).toMatchObject({ action: 'terminate', status: 'success' });
    await hears('onStop', { action: 'stop', status: 'success' });
    await hears('onTerminate', { status: 'success', reason: 'ClosedByViewer' });
    expect(await call('sendMessage', { event_type: 'x' })).toBe(
      'There is no stream: connect first.',
    );
    await page.evaluate(() => (window as unknown as KitWindow).told.splice(0));
    await play();
    expect(runtime.offers).toHaveLength(2);
  });

  test('tells why the application ended the session', async () => {
    await play();
    await runtime.say('vitrine.ended', { reason: 'MaxDuration', message: 'One hour.' });
    await hears('onTerminate', { status: 'error', reason: 'MaxDuration', info: 'One hour.' });
    expect(await told('onStart')).toHaveLength(1);
  });

  test('ends the stream before when it connects anew', async () => {
    await play();
    await begin();
    await hears('onTerminate', { reason: 'ClosedByViewer' });
    await expect.poll(() => told('onStart'), LIMIT).toHaveLength(2);
  });
});

describe('what cannot be', () => {
  test('a stream whose place is taken does not come back', async () => {
    await page.evaluate((fields) => {
      const { AppStreamer, begin, told } = window as unknown as KitWindow;
      const onTerminate = () =>
        void begin(fields).then((result) => told.push({ ...result, name: 'again' }));
      return AppStreamer.connect({
        streamSource: 'direct',
        streamConfig: { ...fields, onTerminate },
      });
    }, local());
    await play();
    await hears('again', { failed: 'Another stream takes its place already.' });
    expect(runtime.offers).toHaveLength(2);
    await call('terminate');
    expect(await call('getChildren', '/')).toBe('There is no stream: connect first.');
  });

  test('a refusal of the runtime is told by all that waits for it', async () => {
    const message = 'Somebody is watching.';
    host.onSignalling = (socket) =>
      socket.on('message', () =>
        socket.send(JSON.stringify({ type: 'error', code: 'SessionInUse', message })),
      );
    expect(await begin()).toEqual({ failed: message, status: 'error' });
    await hears('onStart', { status: 'error', info: message, reason: 'SessionInUse' });
  });

  test('an end that the server did not hear of is told by every call', async () => {
    const connect = {
      url: `${host.url.replace('http', 'ws')}${PATH.slice(1)}/signal`,
      iceServers: [],
    };
    host.answers = [{ status: 200, body: { id: 's', status: { condition: 'ready' }, connect } }];
    host.deletion = { status: 500, body: { detail: 'The store is away.' } };
    await begin({ backendUrl: `${host.url}lab/streaming/stream`, sessionId: 's' });
    await hears('onStart', { status: 'success' });
    expect(await call('terminate')).toBe('The store is away.');
    expect(await call('terminate')).toBe('The store is away.');
    expect(host.calls.filter((method) => method === 'DELETE')).toHaveLength(1);
  });

  test('a page without the video element is told which', async () => {
    expect(await begin({ ...local(), videoElementId: 'nowhere' })).toEqual({
      failed:
        'The page has no <video id="nowhere">: show it before you connect, or name another by videoElementId.',
      status: 'error',
    });
  });

  test('without a stream there is nothing to say or to end', async () => {
    const none = 'There is no stream: connect first.';
    expect(await call('sendMessage', { event_type: 'x' })).toBe(none);
    expect(await call('getChildren', '/')).toBe(none);
    expect(await call('start')).toBe(none);
    expect(await call('terminate')).toMatchObject({ status: 'success' });
  });
});
