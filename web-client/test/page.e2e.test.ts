import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { BrowserRuntime } from './browser-runtime.js';
import { launchChromium } from './chromium.js';
import { PageHost } from './page-host.js';

const SCREENSHOTS = 'target/screenshots/';
const LIMIT = { timeout: 25_000 };

let browser: Browser;
let host: PageHost;
let runtime: BrowserRuntime;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  host = await PageHost.start('/lab/proxy/8080/');
  runtime = await BrowserRuntime.start(browser);
  page = await browser.newPage({ viewport: { width: 960, height: 720 } });
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
});
afterEach(async () => {
  await page.close();
  await runtime[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  expect(complaints).toEqual([]);
});

const state = (kind: string) => page.waitForSelector(`html[data-state="${kind}"]`, LIMIT);
/** The state in between may be too brief to be seen. */
const dialled = (times: number) => expect.poll(() => runtime.offers.length, LIMIT).toBe(times);
const shows = (text: string) => page.getByText(text).waitFor(LIMIT);
const shot = (name: string) => page.screenshot({ path: `${SCREENSHOTS}${name}.png` });

/** Local mode, up to the first picture. */
async function play(): Promise<void> {
  host.onSignalling = (socket) => runtime.serve(socket);
  await page.goto(host.url);
  await state('playing');
}

describe('local mode', () => {
  test('the page plays, with nothing before the picture', async () => {
    const asked: { subprotocols: string[]; path: string }[] = [];
    host.onSignalling = (socket, subprotocols, path) => {
      asked.push({ subprotocols, path });
      runtime.serve(socket);
    };
    await page.goto(`${host.url}?anything=1`);
    await state('playing');
    expect(asked).toEqual([{ subprotocols: ['vitrine.v1'], path: '/lab/proxy/8080/signal' }]);
    await page.locator('#curtain').waitFor({ ...LIMIT, state: 'hidden' });
    const width = () =>
      page.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth);
    expect(await width()).toBe(320);
    await shot('playing');
  });

  test('a drag arrives as fractions of the picture, its bars left out', async () => {
    await play();
    // 320x180 in 960x720: the picture is 960x540, with 90 pixels above it.
    await page.mouse.move(480, 360);
    await page.mouse.down();
    await page.mouse.move(960, 700, { steps: 3 });
    await page.mouse.up();
    await vi.waitFor(() => {
      const pointers = runtime.inputs.filter(({ t }) => t === 'pointer');
      expect(pointers).toContainEqual(
        expect.objectContaining({ kind: 'down', x: 0.5, y: 0.5, button: 0, buttons: 1 }),
      );
      expect(pointers.at(-1)).toMatchObject({ kind: 'up', x: 1, y: 1, buttons: 0 });
      expect(pointers.some((event) => event.t === 'pointer' && event.kind === 'move')).toBe(true);
    }, LIMIT);
  });

  test('wheel, keys and the loss of focus arrive', async () => {
    await play();
    await page.mouse.move(480, 360);
    await page.mouse.wheel(0, 120);
    await page.keyboard.press('f');
    await page.keyboard.press('Tab');
    await page.locator('video').evaluate((video) => video.blur());
    await vi.waitFor(() => {
      expect(runtime.inputs).toContainEqual(expect.objectContaining({ t: 'wheel', dy: 120 }));
      for (const kind of ['down', 'up']) {
        expect(runtime.inputs).toContainEqual({ t: 'key', kind, code: 'KeyF', mods: 0 });
      }
      expect(runtime.inputs).toContainEqual({ t: 'blur' });
    }, LIMIT);
    expect(runtime.inputs).not.toContainEqual(expect.objectContaining({ code: 'Tab' }));
  });

  test('a reload says goodbye and comes back with the resume secret', async () => {
    await play();
    await page.reload();
    await state('playing');
    expect(runtime.offers.map(({ resume }) => resume)).toEqual([undefined, 's3cret']);
    const byMessage = runtime.messages.filter(({ event_type }) => event_type === 'vitrine.goodbye');
    expect(runtime.goodbyes + byMessage.length).toBeGreaterThan(0);
  });

  test('a lost connection comes back by itself', async () => {
    await play();
    await runtime.hangUp();
    await dialled(2);
    await state('playing');
    expect(runtime.offers[1]?.resume).toBe('s3cret');
  });

  test('the end of the signalling socket alone means nothing', async () => {
    await play();
    await runtime.closeSocket();
    await runtime.say('vitrine.stageState', { state: 'starting', message: 'kitchen.usda' });
    await shows('Loading the stage');
    expect(runtime.offers).toHaveLength(1);
  });

  test('garbage on the socket harms nobody', async () => {
    host.onSignalling = (socket) => {
      ['', '{', '[]', '{"type":"answer"}', '{"type":7}'].forEach((text) => socket.send(text));
      socket.send(Buffer.from([0, 255]));
      runtime.serve(socket);
    };
    await page.goto(host.url);
    await state('playing');
  });
});

describe('the stage', () => {
  test('its loading veils the picture, with progress, until it is ready', async () => {
    await play();
    await runtime.say('vitrine.stageState', { state: 'starting', message: 'kitchen.usda' });
    await runtime.say('updateProgressAmount', { progress: 0.6 });
    await shows('Loading the stage');
    await page.locator('progress').waitFor(LIMIT);
    await shot('stage-loading');
    await runtime.say('vitrine.stageState', { state: 'ready', message: '' });
    await page.locator('#curtain').waitFor({ ...LIMIT, state: 'hidden' });
  });

  test('its failure is told for as long as it lasts', async () => {
    await play();
    await runtime.say('vitrine.stageState', { state: 'failed', message: 'The file is empty.' });
    await shows('The file is empty.');
    await runtime.say('vitrine.stageState', { state: 'ready', message: '' });
    await page.locator('#toast').waitFor({ ...LIMIT, state: 'hidden' });
  });

  test('what cannot be opened is told and leaves the picture', async () => {
    await play();
    const error = 'There is no file <b>stages/no.usda</b>.';
    await runtime.say('openedStageResult', { url: 'stages/no.usda', result: 'error', error });
    await shows(error);
    await shot('toast');
  });
});

describe('a warning', () => {
  const warn = (reason: string, secondsLeft: number, extendableSeconds = 0) =>
    runtime.say('vitrine.warning', { reason, secondsLeft, extendableSeconds });
  const gone = () => page.locator('#warning').waitFor({ ...LIMIT, state: 'hidden' });
  const stay = () => page.getByRole('button', { name: 'Stay longer' });
  const asked = (times: number) =>
    expect
      .poll(
        () => runtime.messages.filter(({ event_type }) => event_type === 'vitrine.extend'),
        LIMIT,
      )
      .toHaveLength(times);

  test('counts down; one about idleness goes when the mouse moves', async () => {
    await play();
    await warn('IdleTimeout', 65);
    await shows('Nothing has happened for a while. Move the mouse to stay.');
    await page.getByText(/^1:0[0-5]$/).waitFor(LIMIT);
    expect(await stay().isVisible()).toBe(false);
    await shot('warning');
    await page.mouse.move(400, 300);
    await gone();
  });

  test.each([
    [
      'NodeDrained',
      'The machine running the application is about to be serviced.',
      'The machine running the application is being serviced.',
    ],
    [
      'Preempted',
      'The session has to make room for a more urgent one.',
      'The session made room for a more urgent one.',
    ],
  ])(
    'of %s counts down whatever the viewer does, and the end has its word',
    async (reason, near, ended) => {
      await play();
      await warn(reason, 61);
      await shows(near);
      await page.getByText(/^1:0[01]$/).waitFor(LIMIT);
      await page.getByText(/^0:[0-5]\d$/).waitFor(LIMIT);
      expect(await stay().isVisible()).toBe(false);
      await shot(`warning-${reason}`);
      await page.mouse.move(400, 300);
      await page.keyboard.press('f');
      await vi.waitFor(() => expect(runtime.inputs.some(({ t }) => t === 'key')).toBe(true), LIMIT);
      expect(await page.locator('#warning').isVisible()).toBe(true);
      await runtime.say('vitrine.ended', { reason, message: '' });
      await state('ended');
      await shows(ended);
      await gone();
    },
  );

  test('of an end that can be put off goes when the viewer asks to stay longer', async () => {
    await play();
    await warn('MaxDuration', 60, 1800);
    await shows('The session’s time is almost up.');
    await shot('warning-stay');
    await stay().click();
    await asked(1);
    expect(await stay().isDisabled()).toBe(true);
    await runtime.say('vitrine.extended', { result: 'success', error: '', secondsLeft: 1860 });
    await gone();
    await page.keyboard.press('f');
    await vi.waitFor(() => expect(runtime.inputs.some(({ t }) => t === 'key')).toBe(true), LIMIT);

    await warn('MaxDuration', 60);
    await shows('The session reaches its longest allowed time.');
    expect(await stay().isVisible()).toBe(false);
  });

  test('stays when the end does, with the words of the runtime', async () => {
    await play();
    await warn('MaxDuration', 60, 1800);
    await stay().focus();
    await page.keyboard.press('Enter');
    await asked(1);
    const error = 'The session’s pod was told to stop; that cannot be put off.';
    await runtime.say('vitrine.extended', { result: 'error', error });
    await shows(error);
    expect(await page.locator('#warning').isVisible()).toBe(true);
    await stay().click();
    await asked(2);
  });

  test('does not take another back, and the nearer end is told', async () => {
    await play();
    await warn('MaxDuration', 60, 1800);
    await warn('IdleTimeout', 30);
    await shows('Nothing has happened for a while. Move the mouse to stay.');
    await page.mouse.move(400, 300);
    await shows('The session’s time is almost up.');
    await stay().waitFor(LIMIT);
  });

  test('is of the connection that it came by', async () => {
    await play();
    await warn('MaxDuration', 60, 1800);
    await stay().click();
    await asked(1);
    await runtime.hangUp();
    await dialled(2);
    await state('playing');
    await gone();
    await warn('MaxDuration', 50, 1800);
    await expect.poll(() => stay().isEnabled(), LIMIT).toBe(true);
  });
});

describe('a newer version', () => {
  const word = 'A newer version of this application is available. Reload to start it.';
  const tell = (version: string) => runtime.say('vitrine.newerVersion', { version });
  const gone = () => page.locator('#newer').waitFor({ ...LIMIT, state: 'hidden' });
  const dismiss = () => page.getByRole('button', { name: 'Dismiss' }).click();

  test('is told until it is waved off, and then only a yet newer one', async () => {
    await play();
    await tell('1.5.0');
    await page.getByRole('status').getByText(word).waitFor(LIMIT);
    await shot('newer-version');
    await dismiss();
    await gone();
    await tell('1.5.0');
    await runtime.say('vitrine.stageState', { state: 'starting', message: 'kitchen.usda' });
    await shows('Loading the stage');
    expect(await page.locator('#newer').isVisible()).toBe(false);
    await tell('1.6.0');
    await shows(word);
    await tell('');
    await gone();
  });

  test('is told beside a warning, and leaves the picture alone', async () => {
    await play();
    await runtime.say('vitrine.warning', { reason: 'MaxDuration', secondsLeft: 60 });
    await tell('1.5.0');
    await shows(word);
    await shows('The session reaches its longest allowed time.');
    await shot('newer-version-and-warning');
    const before = runtime.inputs.length;
    await page.mouse.move(100, 100);
    await expect.poll(() => runtime.inputs.length, LIMIT).toBeGreaterThan(before);
  });

  test('is told anew to a page that comes back', async () => {
    await play();
    await tell('1.5.0');
    await shows(word);
    await runtime.hangUp();
    await gone();
    await dialled(2);
    await state('playing');
    await tell('1.5.0');
    await shows(word);
  });
});

describe('endings', () => {
  test.each([
    ['by the socket', () => runtime.signal({ type: 'bye', reason: 'MaxDuration', message: '' })],
    [
      'by a message',
      () => runtime.say('vitrine.ended', { reason: 'MaxDuration', message: 'One hour.' }),
    ],
  ])('a session that ends says why, %s, and can be started again', async (_road, end) => {
    await play();
    await end();
    await state('ended');
    await shows('The session has reached its longest allowed time.');
    await shot('ended');
    await page.keyboard.press('Enter');
    await state('playing');
  });

  test.each([
    [4409, 'Somebody else is using this session.'],
    [4404, 'This session does not exist any more.'],
  ])('close code %i has its word', async (code, word) => {
    host.onSignalling = (socket) => socket.close(code);
    await page.goto(host.url);
    await state('ended');
    await shows(word);
    await shot(`closed-${code}`);
  });

  test('a runtime that is not ready is asked again', async () => {
    let asked = 0;
    host.onSignalling = (socket) => (asked++ === 0 ? socket.close(4503) : runtime.serve(socket));
    await page.goto(host.url);
    await state('playing');
    expect(asked).toBe(2);
  });

  test('a server that is gone is looked for, over a veil', async () => {
    host.onSignalling = (socket) => socket.terminate();
    await page.goto(host.url);
    await state('reconnecting');
    await shows('Reconnecting');
    await shot('reconnecting');
  });
});

describe('cluster mode', () => {
  const view = () => `${host.url}view/shop/usd-viewer`;
  const ready = () => {
    const url = `ws://${host.address}signal/shop/s-1`;
    const connect = { url, token: 'a.b.c', iceServers: [], expiresAt: '' };
    const status = { condition: 'ready', message: '', status: true };
    return { status: 200, body: { id: 'shop.s-1', routes: {}, status, connect } };
  };
  const pending = (condition: string, message: string, queue?: object) => {
    const status = { condition, message, status: false };
    return { status: 202, body: { id: 'shop.s-1', routes: {}, status, queue } };
  };

  test('waits with words, then plays, with the token in the subprotocol', async () => {
    const words = '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.';
    host.answers = Array.from({ length: 4 }, () => pending('Unschedulable', words));
    host.answers.push(ready());
    const asked: string[] = [];
    host.onSignalling = (socket, subprotocols, path) => {
      asked.push(...subprotocols, path);
      runtime.serve(socket);
    };
    await page.goto(view());
    await state('starting');
    await shows('Waiting for a machine with room');
    await shows(words);
    await shot('starting');
    await state('playing');
    expect(asked).toEqual(['vitrine.v1', 'vitrine.token.a.b.c', '/lab/proxy/8080/signal/shop/s-1']);
    expect(await page.title()).toBe('usd-viewer · Vitrine');
  });

  test('a reload for a newer version ends the session and starts another', async () => {
    host.answers = [ready(), ready()];
    host.onSignalling = (socket) => runtime.serve(socket);
    await page.goto(view());
    await state('playing');
    await runtime.say('vitrine.newerVersion', { version: '1.5.0' });
    await page.getByRole('button', { name: 'Reload' }).click();
    await dialled(2);
    await state('playing');
    await expect.poll(() => [...host.calls].sort(), LIMIT).toEqual(['DELETE', 'POST', 'POST']);
    expect(runtime.goodbyes).toBeGreaterThan(0);
    expect(await page.locator('#newer').isVisible()).toBe(false);
  });

  test('in line the place is told, live, to whoever sees or hears it', async () => {
    const inLine = (place: number, of: number, expectedSeconds?: number) =>
      Array.from({ length: 3 }, () =>
        pending('Queued', 'It waits.', { place, of, expectedSeconds }),
      );
    host.answers = [...inLine(3, 12, 120), ...inLine(2, 11), ...inLine(1, 10, 50), ready()];
    host.onSignalling = (socket) => runtime.serve(socket);
    await page.goto(view());
    const told = (text: string) => page.getByRole('status').getByText(text).waitFor(LIMIT);
    await told('Waiting in line');
    await told('You are 3rd of 12. About 2 minutes.');
    await shot('in-line');
    await told('You are 2nd of 11.');
    await told('You are next. Less than a minute.');
    await state('playing');
  });

  test('an end while it waits has its word, and a way on', async () => {
    const detail = 'The session has ended. It waited in line for too long.';
    const over = { status: 404, body: { detail, reason: 'QueueTimeout' } };
    host.answers = [pending('Queued', 'It waits.'), over, ready()];
    host.onSignalling = (socket) => runtime.serve(socket);
    await page.goto(view());
    await state('ended');
    await shows('No place became free in time.');
    await shows(detail);
    await shot('ended-in-line');
    await page.getByRole('button', { name: 'Start again' }).click();
    await state('playing');
  });

  test('a lost connection takes a fresh token', async () => {
    host.answers = [ready(), ready()];
    host.onSignalling = (socket) => runtime.serve(socket);
    await page.goto(view());
    await state('playing');
    await runtime.hangUp();
    await dialled(2);
    await state('playing');
    expect(host.answers).toEqual([]);
  });

  test.each([
    [404, 'There is no app usd-viewer.', 'The application could not be started.'],
    [401, 'A token is needed.', 'You need to sign in to open this application.'],
  ])('status %i shows the server’s sentence', async (status, detail, title) => {
    host.answers = [{ status, body: { detail } }];
    await page.goto(view());
    await state('ended');
    await shows(title);
    await shows(detail);
    await shot(`refused-${status}`);
  });

  test('a reply that makes no sense is named', async () => {
    host.answers = [{ status: 200, body: ['surprise'] }];
    await page.goto(view());
    await state('ended');
    await shows('The server’s reply is not that of a Vitrine gateway.');
  });
});

test('the page has a dark face', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  host.onSignalling = (socket) => socket.close(4409);
  await page.goto(host.url);
  await state('ended');
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(ground).toBe('rgb(17, 23, 22)');
  await shot('ended-dark');
});
