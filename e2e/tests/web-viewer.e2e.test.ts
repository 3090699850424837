import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { LocalRuntime, serverAddress, viewerAddress } from '../src/local-runtime.ts';
import { PathProxy } from '../src/path-proxy.ts';
import {
  STILL,
  TURNED,
  drag,
  settled,
  waitForChange,
  waitForLikeness,
  waitForState,
  waitUntilPlaying,
} from '../src/viewer.ts';
import { UdpRelay } from '../src/udp-relay.ts';
import { WebViewer } from '../src/web-viewer.ts';
import { fill, press, rows, says, shot } from '../src/web-viewer-page.ts';

const repo = path.resolve(import.meta.dirname, '../..');
const echo = path.join(repo, 'examples/extensions/echo');
const PORT = 8086;
const LIMIT = { timeout: 30_000 };

/** An application that selects by itself. */
const CHOOSING = `
import vitrine

@vitrine.on("chooseRequest")
def choose(payload):
    vitrine.send("stageSelectionChanged", {"prims": [payload["path"]]})
`;

const local = (more: object = {}) => ({
  source: 'local',
  local: { server: serverAddress(), signalingPort: PORT, mediaPort: null, ...more },
  stages: [
    { name: 'The exhibition', url: 'stages/vitrine.usda' },
    { name: 'A vase', url: 'stages/parts/vase.usda' },
    { name: 'One that is missing', url: 'stages/nowhere.usda' },
  ],
  messages: [{ label: 'Echo', event_type: 'echoRequest', payload: { words: ['hello'] } }],
});

let front: WebViewer;
let browser: Browser;

beforeAll(async () => {
  front = await WebViewer.open();
  browser = await launch('chrome');
});

afterAll(async () => {
  await browser?.close();
  front?.close();
});

afterEach(async () => {
  for (const page of (await browser.pages()).slice(1)) await page.close();
});

describe('a runtime in local mode', () => {
  const folder = mkdtempSync(`${tmpdir()}/extension-`);
  const extension = path.join(folder, 'echo');
  let runtime: LocalRuntime;

  beforeAll(async () => {
    cpSync(echo, extension, { recursive: true });
    writeFileSync(`${extension}/choosing.py`, CHOOSING);
    writeFileSync(`${extension}/__init__.py`, '\nfrom . import choosing\n', { flag: 'a' });
    runtime = await LocalRuntime.start(PORT, ['--extension', extension]);
  });

  afterAll(async () => {
    await runtime?.stop();
    rmSync(folder, { recursive: true });
  });

  async function watch(): Promise<Page> {
    front.config = local();
    const page = await openPage(browser, front.url);
    await press(page, 'Connect');
    await waitUntilPlaying(page);
    await expect.poll(() => rows(page), LIMIT).not.toEqual([]);
    return page;
  }

  test('is connected to by a form, turns when dragged, and is reset', async () => {
    front.config = local();
    const page = await openPage(browser, front.url);
    await waitForState(page, 'local');
    await shot(page, 'local');
    await press(page, 'Connect');
    await waitUntilPlaying(page);
    const resting = await settled(page, STILL);
    expect(resting.contrast).toBeGreaterThan(5);
    await drag(page, 250, 60);
    await waitForChange(page, resting, TURNED);
    await press(page, 'Reset view');
    await waitForLikeness(page, resting, STILL * 4);
  });

  test('shows its hierarchy as far as it is looked at, by mouse and keyboard', async () => {
    const page = await watch();
    expect(await rows(page)).toEqual(['Vitrine']);
    await page.click('[role="treeitem"] .twist');
    await expect.poll(() => rows(page), LIMIT).toContain(' Exhibits');
    await page.focus('[role="treeitem"][data-path="/Vitrine"]');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => rows(page), LIMIT).toEqual(['Vitrine']);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    const last = await page.evaluate(() => document.activeElement?.getAttribute('data-path'));
    expect(last).toMatch(/^\/Vitrine\/\w+$/);
    await page.keyboard.press('Enter');
    const chosen = `[role="treeitem"][aria-selected="true"][data-path="${last}"]`;
    await page.waitForSelector(chosen);
    await shot(page, 'stream');
  });

  test('shows what the application selects, however deep it is', async () => {
    const page = await watch();
    await fill(page, 'Type', 'chooseRequest');
    await fill(page, 'Payload', '{"path": "/Vitrine/Exhibits/TallVase"}');
    await press(page, 'Send');
    await page.waitForSelector(
      '[role="treeitem"][aria-selected="true"][data-path="/Vitrine/Exhibits/TallVase"]',
    );
    expect(await rows(page)).toContain('  TallVase');
  });

  test('exchanges messages of the application’s own', async () => {
    const page = await watch();
    await press(page, 'Echo');
    await fill(page, 'Payload', '{"words": ["Grüße"]}');
    await press(page, 'Send');
    await says(page, /← echoResponse\s*\{"words":\["Grüße"\]\}/);
    await shot(page, 'messages');
    await fill(page, 'Payload', '{"words": ');
    await press(page, 'Send');
    await says(page, 'The payload is no JSON');
    await fill(page, 'Payload', '{}');
    await fill(page, 'Type', 'danceRequest');
    await press(page, 'Send');
    await says(page, "Nothing here answers messages of the type 'danceRequest'.");
  });

  test('opens stages, and says of one that is missing that it is', async () => {
    const page = await watch();
    await press(page, 'One that is missing');
    await says(page, /nowhere\.usda/);
    await shot(page, 'problem');
    expect(await rows(page)).toEqual(['Vitrine']);
    await press(page, 'Dismiss');
    await press(page, 'A vase');
    await expect.poll(() => rows(page), LIMIT).toEqual(['Vase']);
    await press(page, 'The exhibition');
    await expect.poll(() => rows(page), LIMIT).toEqual(['Vitrine']);
  });

  test('is left by a button, and can be come back to', async () => {
    const page = await watch();
    await press(page, 'End session');
    await waitForState(page, 'ended');
    await says(page, 'You closed the session.');
    await shot(page, 'ended');
    await press(page, 'Start again');
    await press(page, 'Connect');
    await waitUntilPlaying(page);
  });

  test('that is not where the form says is told in a sentence', async () => {
    front.config = local({ signalingPort: PORT + 1 });
    const page = await openPage(browser, front.url);
    await press(page, 'Connect');
    await waitForState(page, 'ended');
    await says(page, 'The server cannot be reached.');
  });

  test('is not dialled at a port that is none', async () => {
    front.config = local();
    const page = await openPage(browser, front.url);
    await fill(page, 'Signalling port', '80808');
    await press(page, 'Connect');
    await says(page, '"local.signalingPort" must be a whole number from 1 to 65535');
    await shot(page, 'local-problem');
  });
});

test('behind proxies under a path, at another address, all works the same', async () => {
  const page5173 = new URL(front.url);
  const pages = await PathProxy.open(viewerAddress(), '/lab/proxy/5173/', page5173);
  const target = new URL(`http://${serverAddress()}:${PORT}`);
  const signals = await PathProxy.open(viewerAddress(), `/lab/proxy/${PORT}/`, target);
  const runtime = await LocalRuntime.start(PORT, [], { VITRINE_ORIGINS: pages.origin });
  const { hostname, port } = new URL(signals.origin);
  front.config = local({
    server: hostname,
    signalingPort: Number(port),
    signalingPath: `/lab/proxy/${PORT}`,
  });
  try {
    const page = await openPage(browser, pages.url);
    await press(page, 'Connect');
    await waitUntilPlaying(page);
    expect((await settled(page, STILL)).contrast).toBeGreaterThan(5);
    await expect.poll(() => rows(page), LIMIT).toEqual(['Vitrine']);
  } finally {
    await runtime.stop();
    signals.close();
    pages.close();
  }
});

test('media come by the port that the config names, too: the runtime’s own may be mapped to it', async () => {
  const runtime = await LocalRuntime.start(PORT, ['--media-port', '47997']);
  const relay = await UdpRelay.open(viewerAddress(), serverAddress(), 47997);
  front.config = local({ mediaPort: relay.port, mediaServer: viewerAddress() });
  try {
    const page = await openPage(browser, front.url);
    await press(page, 'Connect');
    await waitUntilPlaying(page);
    await expect.poll(() => relay.answers, LIMIT).toBeGreaterThan(0);
  } finally {
    await runtime.stop();
    relay.close();
  }
});

describe('a config that is wrong', () => {
  test.each<[string, object | string | undefined, string]>([
    ['a field is missing', { source: 'local', local: {} }, '"local.server" is missing.'],
    ['a field is unknown', { ...local(), sauce: 1 }, '"sauce" is no field that this front end'],
    ['a value is wrong', { ...local(), source: 'cloud' }, '"source" must be one of "local"'],
    ['the file is no JSON', '{ source: ', 'The file is no JSON'],
    ['the file is missing', undefined, 'It cannot be read: the server answers 404.'],
  ])('%s: the page says so', async (name, config, sentence) => {
    front.config = config;
    const page = await openPage(browser, front.url);
    await waitForState(page, 'misconfigured');
    await says(page, sentence);
    await shot(page, `config-${name.replaceAll(' ', '-')}`);
  });
});

describe('a service of NVIDIA’s', () => {
  test('is said to be one', async () => {
    front.config = { source: 'gfn', gfn: {} };
    const page = await openPage(browser, front.url);
    await says(page, 'GeForce NOW is a service of NVIDIA’s');
    await shot(page, 'gfn');
  });

  test('is handed over to the library that the config names', async () => {
    const script = `export const AppStreamer = {
      connect: async ({ streamSource, streamConfig: { cmsId, videoElementId } }) => {
        document.title = [streamSource, cmsId, document.getElementById(videoElementId)?.tagName].join(' ');
      },
    };`;
    front.files.set('library.js', script);
    front.config = { source: 'gfn', gfn: { library: './library.js', cmsId: 7 } };
    const page = await openPage(browser, front.url);
    await expect.poll(() => page.title(), LIMIT).toBe('gfn 7 VIDEO');
  });

  test.each([
    ['./nothing.js', 'nothing.js cannot be loaded. Is gfn.library right?'],
    ['./empty.js', 'exports no AppStreamer with a connect. Is gfn.library right?'],
  ])('with a library that is none, %s, says so', async (library, sentence) => {
    front.files.set('empty.js', 'export {};');
    front.config = { source: 'gfn', gfn: { library } };
    const page = await openPage(browser, front.url);
    await says(page, sentence);
  });
});
