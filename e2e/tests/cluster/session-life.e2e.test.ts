import { describe, expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { condition, until } from '../../src/cluster.ts';
import {
  beginToWatch,
  cluster,
  end,
  link,
  newSession,
  podOf,
  readyApp,
  session,
  sessionNames,
  streamClass,
} from '../../src/sessions.ts';
import {
  STILL,
  TURNED,
  drag,
  settled,
  waitForChange,
  waitForLikeness,
  waitForState,
  waitUntilPlaying,
} from '../../src/viewer.ts';

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
    const { browser, name } = await beginToWatch();
    browser.process()!.kill('SIGKILL');
    expect((await end(name, 90)).reason).toBe('ReconnectTimeout');
  });

  test('a reload comes back to the same pod, which shows what it showed', async () => {
    const before = sessionNames();
    const { browser, page, name } = await beginToWatch();
    try {
      const resting = await settled(page, STILL);
      await drag(page, 250, 60);
      await waitForChange(page, resting, TURNED);
      const turned = await settled(page, STILL);
      const pod = await podOf(name);

      await page.reload();
      await waitUntilPlaying(page);
      await waitForLikeness(page, turned, STILL * 4);
      const sessions = [...sessionNames()].filter((other) => !before.has(other));
      expect(sessions).toEqual([name]);
      const now = cluster.get('streamsession', name);
      expect(now?.status?.podName).toBe(pod);
      expect(condition(now, 'Ended')?.status).not.toBe('True');
    } finally {
      await browser.close();
    }
  });

  test('a viewer whose app is deleted is warned, and told so', async () => {
    await readyApp('withdrawn', { lifetimes: { warningSeconds: 8 } });
    const { browser, page, name } = await beginToWatch('withdrawn');
    try {
      cluster.delete('streamingapp', 'withdrawn');
      await page.waitForSelector('#warning', { visible: true, timeout: 10_000 });
      await waitForState(page, 'ended', 30);
      expect(await page.$eval('#title', (title) => title.textContent)).toBe(
        'The application was removed.',
      );
      expect((await end(name)).reason).toBe('AppDeleted');
      await until('the app to go', () => !cluster.get('streamingapp', 'withdrawn'));
    } finally {
      await browser.close();
      if (cluster.get('streamingapp', 'withdrawn')) cluster.delete('streamingapp', 'withdrawn');
    }
  });

  test('a viewer who does nothing is warned, may stay by moving the mouse, and is told of the end', async () => {
    await readyApp('brief', { lifetimes: { idleSeconds: 24, warningSeconds: 12 } });
    const { browser, page, name } = await beginToWatch('brief');
    try {
      const warning = await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      expect(await warning!.evaluate((told) => told.textContent)).toContain('Move the mouse');
      await page.mouse.move(400, 300);
      await page.waitForSelector('#warning', { hidden: true, timeout: 5_000 });
      await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      await page.waitForSelector('html[data-state="ended"]', { timeout: 60_000 });
      expect((await end(name)).reason).toBe('IdleTimeout');
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'brief');
    }
  });

  test('a viewer whose time is up may stay longer, as far as the class allows, and no further', async () => {
    cluster.apply(
      streamClass('extendable', { lifetimes: { maxSeconds: 80, extensionSeconds: 600 } }),
    );
    const lifetimes = { maxSeconds: 50, warningSeconds: 20 };
    await readyApp('extended', { classes: ['extendable'], lifetimes });
    const { browser, page, name } = await beginToWatch('extended');
    try {
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
