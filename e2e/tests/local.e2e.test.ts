import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { LocalRuntime, serverAddress, viewerAddress } from '../src/local-runtime.ts';
import { PathProxy } from '../src/path-proxy.ts';
import {
  STILL,
  TURNED,
  difference,
  drag,
  look,
  settled,
  waitForChange,
  waitForLikeness,
  waitForState,
  waitUntilPlaying,
} from '../src/viewer.ts';

describe('the viewer on one machine', () => {
  let runtime: LocalRuntime;
  let browser: Browser;

  beforeAll(async () => {
    runtime = await LocalRuntime.start(8080, [
      '--signalling-port',
      '49100',
      '--media-port',
      '47998',
    ]);
    browser = await launch('chrome');
  });

  afterAll(async () => {
    await browser?.close();
    await runtime?.stop();
  });

  afterEach(async () => {
    for (const page of (await browser.pages()).slice(1)) await page.close();
  });

  async function watch(): Promise<Page> {
    const page = await openPage(browser, runtime.url);
    await waitUntilPlaying(page);
    return page;
  }

  test('prints the address of the page as its only line', () => {
    expect(runtime.stdout()).toBe('http://127.0.0.1:8080/\n');
  });

  test('shows a rendered stage that turns when dragged and comes closer by the wheel', async () => {
    const page = await watch();
    const resting = await settled(page, STILL);
    expect([resting.width, resting.height]).toEqual([1280, 720]);
    expect(resting.contrast).toBeGreaterThan(5);

    await drag(page, 250, 60);
    await waitForChange(page, resting, TURNED);
    const turned = await settled(page, STILL);

    await page.mouse.wheel({ deltaY: -400 });
    await waitForChange(page, turned, TURNED);
  });

  test('fits all into the picture again on the key F', async () => {
    const page = await watch();
    const resting = await settled(page, STILL);
    await page.mouse.move(640, 360);
    await page.mouse.wheel({ deltaY: 3000 });
    const far = await waitForChange(page, resting, TURNED);
    await page.keyboard.press('KeyF');
    await waitForChange(page, far, TURNED);
  });

  test('refuses a second viewer with a clear word, and the first goes on', async () => {
    const first = await watch();
    const second = await openPage(browser, runtime.url);
    await waitForState(second, 'ended');
    expect(await second.$eval('body', (body) => body.innerText)).toMatch(/watching|in use/i);
    expect(await first.evaluate(() => document.documentElement.dataset['state'])).toBe('playing');
  });

  test('a reload takes the picture up where it was', async () => {
    const page = await watch();
    const resting = await settled(page, STILL);
    await drag(page, 250, 0);
    // Earlier tests turned the stage, too: how much a drag changes depends on the side that it begins with.
    await page.mouse.wheel({ deltaY: -400 });
    await waitForChange(page, resting, TURNED * 2);
    const turned = await settled(page, STILL);
    await page.reload();
    await waitUntilPlaying(page);
    await waitForLikeness(page, turned, STILL * 4);
  });

  test('a foreign page is refused at the signalling port, which serves nothing else', async () => {
    const signalling = runtime.url.replace(':8080/', ':49100/');
    expect((await fetch(signalling)).status).toBe(404);
    const page = await openPage(browser, 'about:blank');
    const code = await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const socket = new WebSocket(url, ['vitrine.v1']);
          socket.onopen = () => socket.send('this is no JSON');
          socket.onclose = ({ code }) => resolve(code);
        }),
      signalling.replace('http:', 'ws:') + 'signal',
    );
    // The page's origin is not in VITRINE_ORIGINS: the handshake itself is refused.
    expect(code).toBe(1006);
  });

  test('signalling garbage and silence each end with a clear code', async () => {
    const page = await openPage(browser, runtime.url.replace('8080/', '8080/page/nothing'));
    const closings = await page.evaluate(
      async (url) => {
        const closing = (speak: (socket: WebSocket) => void) =>
          new Promise<number>((resolve) => {
            const socket = new WebSocket(url, ['vitrine.v1']);
            socket.onopen = () => speak(socket);
            socket.onclose = ({ code }) => resolve(code);
          });
        return Promise.all([
          closing((socket) => socket.send('this is no JSON')),
          closing((socket) => socket.send(new Uint8Array(8))),
          closing((socket) =>
            socket.send(JSON.stringify({ type: 'offer', sdp: 'x'.repeat(70_000) })),
          ),
          closing((socket) => socket.send('{"type":"candidate","candidate":null}')),
          closing(() => undefined),
        ]);
      },
      runtime.url.replace('http:', 'ws:') + 'signal',
    );
    expect(closings).toEqual([4400, 4400, 4413, 4400, 4408]);
  });

  test('the stage process killed in mid-stream comes back, and the picture stays', async () => {
    const page = await watch();
    const resting = await settled(page, STILL);
    const killed = runtime.stagePid();
    process.kill(killed, 'SIGKILL');
    await expect
      .poll(() => safely(() => runtime.stagePid()), { timeout: 30_000 })
      .toSatisfy((pid) => typeof pid === 'number' && pid !== killed);
    // A veil says that the stage is being restarted; the camera answers as soon as it is lifted.
    await expect
      .poll(
        async () => {
          await drag(page, 120, 30);
          return difference(await look(page), resting);
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(TURNED);
    expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('playing');
  });
});

test('behind a proxy under a path, at another address, the page works all the same', async () => {
  const target = new URL(`http://${serverAddress()}:8083`);
  const proxy = await PathProxy.open(viewerAddress(), '/lab/proxy/8083/', target);
  const ports = ['--signalling-port', '49101', '--media-port', '47999'];
  const runtime = await LocalRuntime.start(8083, ports, { VITRINE_ORIGINS: proxy.origin });
  const browser = await launch('chrome');
  try {
    const page = await openPage(browser, proxy.url);
    await waitUntilPlaying(page);
    const resting = await settled(page, STILL);
    await drag(page, 250, 60);
    await waitForChange(page, resting, TURNED);
  } finally {
    await browser.close();
    await runtime.stop();
    proxy.close();
  }
});

describe('a stage that cannot be shown', () => {
  const folder = mkdtempSync(`${tmpdir()}/stages-`);
  writeFileSync(`${folder}/malformed.usda`, '#usda 1.0\ndef Xform "open" {');
  writeFileSync(`${folder}/empty.usda`, '');
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['missing', 'stages/nowhere.usda', /nowhere\.usda/],
    ['outside of the assets', '../../etc/passwd', /passwd|assets/],
    ['malformed', `${folder}/malformed.usda`, /malformed\.usda/],
    ['empty', `${folder}/empty.usda`, /empty\.usda/],
  ])('%s: the page says so', async (_, stage, words) => {
    const runtime = await LocalRuntime.start(8081, ['--stage', stage]);
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, runtime.url);
      await waitUntilPlaying(page);
      await page.waitForFunction(
        (pattern) => new RegExp(pattern).test(document.body.innerText),
        {},
        words.source,
      );
    } finally {
      await browser.close();
      await runtime.stop();
    }
  });
});

function safely<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
