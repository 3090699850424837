import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { EmbeddingPage } from '../src/embedding-page.ts';
import { LocalRuntime, serverAddress, viewerAddress } from '../src/local-runtime.ts';
import { STILL, settled, waitUntilPlaying } from '../src/viewer.ts';

/** For people to look at. */
const pictures = path.resolve(import.meta.dirname, '../target/selection');

/** Where things of examples/stages/vitrine.usda are in the picture as it begins, 1280 by 720. */
const VASE = [640, 350] as const;
const BOWL = [595, 430] as const;
const BACKGROUND = [120, 360] as const;

const EXHIBITS = '/Vitrine/Exhibits';
const TALL_VASE = `${EXHIBITS}/TallVase`;

interface StreamOfPage {
  on(type: string, handler: (payload: unknown) => void): void;
  send(type: string, payload: object): void;
  request(type: string, payload: object): Promise<unknown>;
}

type PageOfOurs = { stream: StreamOfPage; said: unknown[] };

describe('the selection, between a page and the picture', () => {
  let embedding: EmbeddingPage;
  let runtime: LocalRuntime;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    embedding = await EmbeddingPage.open(viewerAddress(), `ws://${serverAddress()}:8085/signal`);
    runtime = await LocalRuntime.start(8085, [], { VITRINE_ORIGINS: embedding.origin });
    browser = await launch('chrome');
  });

  afterAll(async () => {
    await browser?.close();
    await runtime?.stop();
    embedding?.close();
  });

  /** A viewer who has not been here before. */
  async function watch(): Promise<void> {
    for (const old of (await browser.pages()).slice(1)) await old.close();
    page = await openPage(browser, embedding.url);
    await waitUntilPlaying(page);
    await settled(page, STILL);
    await page.evaluate(() => {
      const ours = window as unknown as PageOfOurs;
      ours.said = [];
      ours.stream.on('stageSelectionChanged', (payload) => ours.said.push(payload));
      ours.stream.on('viewerError', (payload) => ours.said.push(payload));
    });
  }

  beforeEach(watch);

  async function said(): Promise<unknown> {
    const next = await page.waitForFunction(() => (window as unknown as PageOfOurs).said.shift(), {
      timeout: 10_000,
      polling: 20,
    });
    return next.jsonValue();
  }

  /** Says something that has no answer; the next request's answer comes after what it does. */
  async function select(...paths: string[]): Promise<void> {
    await page.evaluate(
      (paths) => (window as unknown as PageOfOurs).stream.send('selectPrimsRequest', { paths }),
      paths,
    );
  }

  async function makePickable(...paths: string[]): Promise<unknown> {
    return page.evaluate(
      (paths) => (window as unknown as PageOfOurs).stream.request('makePrimsPickable', { paths }),
      paths,
    );
  }

  /** In pixels of the picture, whose pixels are the page's. */
  async function inPage([x, y]: readonly [number, number]): Promise<[number, number]> {
    const corner = await page.$eval('video', (video) => {
      const { x, y } = video.getBoundingClientRect();
      return [x, y] as const;
    });
    return [x + corner[0], y + corner[1]];
  }

  async function click(place: readonly [number, number]): Promise<void> {
    await page.mouse.click(...(await inPage(place)));
  }

  /** How many pixels of the picture have the line's orange; some things of the stage do, too. */
  async function orange(): Promise<number> {
    return page.evaluate(() => {
      const video = document.querySelector('video')!;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      const context = canvas.getContext('2d')!;
      context.drawImage(video, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
        if (r > 215 && g > 110 && g < 190 && b < 90) count++;
      }
      return count;
    });
  }

  async function waitForOrange(than: number, more: boolean): Promise<void> {
    await expect.poll(async () => (await orange()) > than === more, { timeout: 10_000 }).toBe(true);
  }

  test('a click on a vessel selects it with a line around it, one on the background clears it', async () => {
    expect(await makePickable(EXHIBITS, TALL_VASE)).toEqual({ result: 'success', error: '' });
    const count = await orange();
    await click(VASE);
    expect(await said()).toEqual({ prims: [TALL_VASE] });
    await waitForOrange(count + 300, true);
    await page.screenshot({ path: `${pictures}/vase.png` });

    await click(BACKGROUND);
    expect(await said()).toEqual({ prims: [] });
    await waitForOrange(count + 100, false);
  });

  test('what the page selects gets the line, and the page hears only what is not there', async () => {
    const count = await orange();
    await select(TALL_VASE, '/Vitrine/Nothing');
    expect(await said()).toEqual({
      event_type: 'selectPrimsRequest',
      message: 'Nothing is drawn at or below /Vitrine/Nothing, which cannot be selected.',
    });
    await waitForOrange(count + 300, true);
    await select();
    await waitForOrange(count + 100, false);
  });

  test('glass is picked in front of a vessel, unless it may not be; a group is, by its members', async () => {
    await click(VASE);
    expect(await said()).toEqual({ prims: ['/Vitrine/Case/Panes'] });
    await makePickable(EXHIBITS);
    await click(BOWL);
    expect(await said()).toEqual({ prims: [EXHIBITS] });
    await makePickable();
    await click(BOWL);
    expect(await said()).toEqual({ prims: [] });
  });

  test('control and a drag draw a rubber band that selects what is in it, and the camera stays', async () => {
    await makePickable(TALL_VASE, `${EXHIBITS}/Bowl`, `${EXHIBITS}/SmallVase`);
    const count = await orange();
    await page.keyboard.down('Control');
    await page.mouse.move(...(await inPage([540, 240])));
    await page.mouse.down();
    await page.mouse.move(...(await inPage([690, 500])), { steps: 8 });
    await page.screenshot({ path: `${pictures}/band.png` });
    await page.mouse.up();
    await page.keyboard.up('Control');
    expect(await said()).toEqual({ prims: [`${EXHIBITS}/Bowl`, TALL_VASE] });
    await waitForOrange(count + 500, true);
    // The vase is where it was.
    await click(VASE);
    expect(await said()).toEqual({ prims: [TALL_VASE] });
  });

  test('the next viewer begins without a selection and with everything pickable', async () => {
    const count = await orange();
    await select(TALL_VASE);
    await makePickable();
    await waitForOrange(count + 300, true);
    await watch();
    await waitForOrange(count + 100, false);
    await click(BOWL);
    expect(await said()).toEqual({ prims: ['/Vitrine/Case/Panes'] });
  });

  test('a path that is none is refused with a sentence', async () => {
    await select('Bowl');
    expect(await said()).toMatchObject({
      event_type: 'selectPrimsRequest',
      message: expect.stringContaining('must hold absolute paths'),
    });
  });
});
