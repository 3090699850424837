import { describe, expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { until } from '../../src/cluster.ts';
import {
  cluster,
  end,
  link,
  newSession,
  podOf,
  readyApp,
  session,
  sessionNames,
} from '../../src/sessions.ts';
import { waitForState, waitUntilPlaying } from '../../src/viewer.ts';

describe('the life of a session', () => {
  test('a session that is deleted takes its pod along', async () => {
    cluster.apply(session('deleted-1', 'usd-viewer'));
    const pod = await podOf('deleted-1');
    cluster.delete('streamsession', 'deleted-1');
    await until('the end of the pod', () => cluster.get('pod', pod) === undefined);
  });

  test('a page that is left while it waits takes its session along', async () => {
    await readyApp('left', {}); // without a warm pod there is something to wait for
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('left'));
      await waitForState(page, 'starting');
      const { metadata } = newSession(before)!;
      await page.goto('about:blank');
      await until('the end', () => cluster.get('streamsession', metadata.name) === undefined);
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'left');
    }
  });

  test('a browser that vanishes leaves a session that ends by itself', async () => {
    const before = sessionNames();
    const browser = await launch('chrome');
    await waitUntilPlaying(await openPage(browser, link()), 90);
    const name = (await until('a session', () => newSession(before))).metadata.name;
    browser.process()!.kill('SIGKILL');
    expect((await end(name, 90)).reason).toBe('ReconnectTimeout');
  });

  test('a viewer who does nothing is warned, may stay by moving the mouse, and is told of the end', async () => {
    await readyApp('brief', { lifetimes: { idleSeconds: 24, warningSeconds: 12 } });
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('brief'));
      await waitUntilPlaying(page, 90);
      const warning = await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      expect(await warning!.evaluate((told) => told.textContent)).toContain('Move the mouse');
      await page.mouse.move(400, 300);
      await page.waitForSelector('#warning', { hidden: true, timeout: 5_000 });
      await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      await page.waitForSelector('html[data-state="ended"]', { timeout: 60_000 });
      const { metadata } = newSession(before)!;
      expect((await end(metadata.name)).reason).toBe('IdleTimeout');
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'brief');
    }
  });

  test('a viewer whose time is up may stay longer, as far as the class allows, and no further', async () => {
    cluster.apply({
      apiVersion: 'vitrine.dev/v1alpha1',
      kind: 'StreamClass',
      metadata: { name: 'extendable' },
      spec: {
        namespaces: { from: 'All' },
        resources: { cpu: { request: '200m' }, memory: { request: '512Mi', limit: '4Gi' } },
        lifetimes: { maxSeconds: 80, extensionSeconds: 600 },
      },
    });
    const lifetimes = { maxSeconds: 50, warningSeconds: 20 };
    await readyApp('extended', { classes: ['extendable'], lifetimes });
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('extended'));
      await waitUntilPlaying(page, 90);
      const { name } = newSession(before)!.metadata;
      const endsAt = () => {
        const said = cluster.get('streamsession', name)?.status?.connection?.['endsAt'];
        return said === undefined ? undefined : Date.parse(String(said));
      };
      const planned = await until('the end in the report', endsAt);
      const stay = await page.waitForSelector('#stay', { visible: true, timeout: 60_000 });
      await stay!.click();
      await page.waitForSelector('#warning', { hidden: true, timeout: 5_000 });
      await until('the new end in the report', () => endsAt() === planned + 30_000);
      await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      expect(await page.$eval('#stay', (button) => (button as HTMLElement).hidden)).toBe(true);
      await page.waitForSelector('html[data-state="ended"]', { timeout: 60_000 });
      expect((await end(name)).reason).toBe('MaxDuration');
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'extended');
      cluster.delete('streamclass', 'extendable');
    }
  }, 240_000);
});
