import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { until } from '../../src/cluster.ts';
import {
  cluster,
  link,
  newSession,
  readyApp,
  readySession,
  session,
  sessionNames,
} from '../../src/sessions.ts';
import {
  STILL,
  TURNED,
  drag,
  settled,
  waitForChange,
  waitForState,
  waitUntilPlaying,
} from '../../src/viewer.ts';
import { WebViewer } from '../../src/web-viewer.ts';
import { choose, fill, press, rows, says, shot } from '../../src/web-viewer-page.ts';

/** The front end of examples/web-viewer, at the origin that `make up` allows. */
describe('a front end that asks the REST API', () => {
  const gateway = new URL(link()).origin;
  let front: WebViewer;
  let browser: Browser;

  beforeAll(async () => {
    front = await WebViewer.open();
    front.config = {
      source: 'stream',
      stream: { appServer: gateway, streamServer: 'http://127.0.0.1:1' },
    };
    browser = await launch('chrome');
  });

  afterAll(async () => {
    await browser?.close();
    front?.close();
  });

  afterEach(async () => {
    for (const page of (await browser.pages()).slice(1)) await page.close();
  });

  /** Mends the address that the config has wrong, up to the choice. */
  async function findServers(page: Page): Promise<void> {
    await waitForState(page, 'servers');
    await fill(page, 'Streams', gateway);
    await press(page, 'Next');
    await waitForState(page, 'choosing');
  }

  test('says of a server that is not there that it is not', async () => {
    const page = await openPage(browser, front.url);
    await waitForState(page, 'servers');
    await press(page, 'Next');
    await says(page, 'http://127.0.0.1:1/streaming/stream does not answer.');
    await shot(page, 'servers');
  });

  test('offers applications, versions and profiles; the chosen one plays until it is ended', async () => {
    const before = sessionNames();
    const page = await openPage(browser, front.url);
    await findServers(page);
    await choose(page, 'usd-viewer');
    await page.waitForSelector('input[type="radio"][value="cpu"]');
    await shot(page, 'choice');
    await press(page, 'Start');
    await waitUntilPlaying(page, 90);
    const resting = await settled(page, STILL);
    expect(resting.contrast).toBeGreaterThan(5);
    await drag(page, 250, 60);
    await waitForChange(page, resting, TURNED);
    await expect.poll(() => rows(page), { timeout: 30_000 }).toEqual(['Vitrine']);
    const { metadata, spec } = newSession(before)!;
    expect(spec).toMatchObject({ app: 'usd-viewer', class: 'cpu' });

    await press(page, 'End session');
    await waitForState(page, 'ended');
    await says(page, 'You closed the session.');
    await until('the session to be gone', () => !cluster.get('streamsession', metadata.name));
  }, 240_000);

  test('waits in line, says the place, and leaves the line when told to', async () => {
    await readyApp('one-seat', { limits: { sessions: 1 } });
    try {
      cluster.apply(session('seated', 'one-seat'));
      await readySession('seated');
      const before = sessionNames();
      const page = await openPage(browser, front.url);
      await findServers(page);
      await choose(page, 'one-seat');
      await press(page, 'Start');
      await says(page, 'You are number 1 of 1.');
      await shot(page, 'waiting');
      const waiting = newSession(before)!.metadata.name;
      await press(page, 'Cancel');
      await says(page, 'You did not wait for the session.');
      await until('the session to be gone', () => !cluster.get('streamsession', waiting));
    } finally {
      cluster.delete('streamsession', 'seated');
      cluster.delete('streamingapp', 'one-seat');
    }
  }, 240_000);
});
