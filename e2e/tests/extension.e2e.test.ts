import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../src/asking.ts';
import { launch, openPage } from '../src/browser.ts';
import { EmbeddingPage } from '../src/embedding-page.ts';
import { LocalRuntime, serverAddress, viewerAddress } from '../src/local-runtime.ts';
import {
  STILL,
  look,
  settled,
  waitForChange,
  waitForLikeness,
  waitForPicture,
  waitUntilPlaying,
} from '../src/viewer.ts';

const echo = path.resolve(import.meta.dirname, '../../examples/extensions/echo');
const ENDED = 'The handler of loop took longer than 10 s to answer and was ended.';

describe("a page of one's own and an extension in Python", () => {
  const folder = mkdtempSync(`${tmpdir()}/extension-`);
  const extension = path.join(folder, 'echo');
  let embedding: EmbeddingPage;
  let runtime: LocalRuntime;
  let browser: Browser;

  beforeAll(async () => {
    cpSync(echo, extension, { recursive: true });
    writeFileSync(
      `${extension}/trouble.py`,
      'import vitrine\n\n@vitrine.on("loop")\ndef loop(payload):\n    while True:\n        pass\n',
    );
    writeFileSync(`${extension}/__init__.py`, '\nfrom . import trouble\n', { flag: 'a' });
    embedding = await EmbeddingPage.open(viewerAddress(), `ws://${serverAddress()}:8084/signal`);
    runtime = await LocalRuntime.start(8084, ['--extension', extension], {
      VITRINE_ORIGINS: embedding.origin,
    });
    browser = await launch('chrome');
  });

  afterAll(async () => {
    await browser?.close();
    await runtime?.stop();
    embedding?.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    for (const page of (await browser.pages()).slice(1)) await page.close();
  });

  async function watch(): Promise<Page> {
    const page = await openPage(browser, embedding.url);
    await waitUntilPlaying(page);
    return page;
  }

  test('an echoRequest is answered by its echoResponse', async () => {
    const page = await watch();
    const payload = { words: ['Grüße', { deep: null }], number: 1.5 };
    expect(await ask(page, 'echoRequest', payload)).toEqual(payload);
  });

  test('a message changes the picture', async () => {
    const page = await watch();
    const before = await settled(page, STILL);
    const paint = { prim_path: '/Vitrine/Stand/Floor', color: [0.9, 0.9, 1] };
    expect(await ask(page, 'paintRequest', paint)).toEqual({
      prim_path: '/Vitrine/Stand/Floor',
      strokes: 1,
    });
    await waitForChange(page, before, STILL * 4);
  });

  test('a reload goes on with its session, and another page begins one', async () => {
    const paint = { prim_path: '/Vitrine/Stand/Trim', color: [1, 1, 1] };
    const page = await watch();
    expect(await ask(page, 'paintRequest', paint)).toMatchObject({ strokes: 1 });
    await page.reload();
    await waitUntilPlaying(page);
    expect(await ask(page, 'paintRequest', paint)).toMatchObject({ strokes: 2 });
    await page.close();
    expect(await ask(await watch(), 'paintRequest', paint)).toMatchObject({ strokes: 1 });
  });

  test('what is wrong with a message is said, and the next one is answered', async () => {
    const page = await watch();
    expect(await ask(page, 'paintRequest', { prim_path: '/Nowhere', color: [1, 0, 0] })).toBe(
      'ValueError: There is no prim at /Nowhere.',
    );
    expect(await ask(page, 'danceRequest', {})).toBe(
      "Nothing here answers messages of the type 'danceRequest'.",
    );
    expect(await ask(page, 'echoRequest', {})).toEqual({});
  });

  test('a flood of messages is told, and the stream goes on', async () => {
    const page = await watch();
    const told = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const { stream } = window as unknown as {
            stream: {
              send(type: string, payload: object): void;
              on(type: string, listener: (told: { message: string }) => void): void;
            };
          };
          stream.on('viewerError', ({ message }) => {
            if (message.startsWith('Too many messages')) resolve(message);
          });
          for (let i = 0; i < 2000; i++) stream.send('echoRequest', { i });
        }),
    );
    expect(told).toContain('50 at once and 50 a second');
    await expect
      .poll(() => ask(page, 'echoRequest', { after: 1 }, 1_000), { timeout: 20_000 })
      .toEqual({ after: 1 });
    await waitForPicture(page, await look(page));
  });

  test('a handler that loops is ended; the stream goes on, and what was painted stays', async () => {
    const page = await watch();
    const before = await settled(page, STILL);
    const paint = { prim_path: '/Vitrine/Stand/Floor', color: [0.05, 0, 0.1] };
    await ask(page, 'paintRequest', paint);
    const painted = await waitForChange(page, before, STILL * 4);
    const looping = ask(page, 'loop', {});
    await waitForPicture(page, painted);
    expect(await looping).toBe(ENDED);
    expect(await ask(page, 'echoRequest', { back: true })).toEqual({ back: true });
    await waitForLikeness(page, painted, STILL * 4);
    expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('playing');
  });

  test('what is saved is loaded while the stream goes on, and what is broken is told', async () => {
    const page = await watch();
    const trouble = `${extension}/trouble.py`;
    writeFileSync(trouble, 'import vitrine\n\nthis is no Python\n');
    await expect
      .poll(() => ask(page, 'echoRequest', {}), { timeout: 20_000 })
      .toBe(
        'The extension echo could not be loaded: SyntaxError: invalid syntax (trouble.py, line 3).',
      );
    writeFileSync(
      trouble,
      'import vitrine\n\n@vitrine.on("mendRequest")\ndef mend(payload):\n    vitrine.send("mendResponse", {"mended": True})\n',
    );
    await expect
      .poll(() => ask(page, 'mendRequest', {}), { timeout: 20_000 })
      .toEqual({ mended: true });
    expect(await ask(page, 'echoRequest', { back: true })).toEqual({ back: true });
    expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('playing');
  });
});

test('an extension that cannot be loaded is told on the page, and the stage is shown', async () => {
  const folder = mkdtempSync(`${tmpdir()}/extension-`);
  writeFileSync(`${folder}/__init__.py`, 'import vitrine\nimport nowhere\n');
  const runtime = await LocalRuntime.start(8085, [], { VITRINE_EXTENSION: folder });
  const browser = await launch('chrome');
  try {
    const page = await openPage(browser, runtime.url);
    await waitUntilPlaying(page);
    await page.waitForFunction(() => document.body.innerText.includes("No module named 'nowhere'"));
    expect((await settled(page, STILL)).contrast).toBeGreaterThan(5);
    expect(runtime.stderr()).toContain("No module named 'nowhere'");
  } finally {
    await browser.close();
    await runtime.stop();
    rmSync(folder, { recursive: true });
  }
});
