import { describe, expect, test } from 'vitest';
import { openPage } from '../../src/browser.ts';
import { condition, until } from '../../src/cluster.ts';
import {
  beginToWatch,
  cluster,
  end,
  link,
  readyApp,
  readySession,
  session,
  streamClass,
} from '../../src/sessions.ts';
import { waitForState, waitForWords, waitUntilPlaying } from '../../src/viewer.ts';

describe('queue and warm pods', () => {
  test('a session takes an idle pod, and another one takes its place', async () => {
    const warm = await until('a full pool', () => {
      const full = condition(cluster.get('streamingapp', 'usd-viewer'), 'WarmPoolFull');
      return full?.reason === 'Full' && idlePods('usd-viewer')[0];
    });
    cluster.apply(session('warm-1', 'usd-viewer'));
    const served = await readySession('warm-1');
    expect(served.status!.podName).toBe(warm);
    await until('another idle pod', () => idlePods('usd-viewer').some((name) => name !== warm));
    cluster.delete('streamsession', 'warm-1');
  });

  test('in line the page says the place, which gets better when somebody leaves', async () => {
    await readyApp('small-house', { limits: { sessions: 1 } });
    const { browser, page: playing } = await beginToWatch('small-house');
    try {
      const next = await openPage(browser, link('small-house'));
      await waitForWords(next, 'You are next.');
      const last = await openPage(browser, link('small-house'));
      await waitForWords(last, 'You are 2nd of 2.');
      await next.close();
      await waitForWords(last, 'You are next.');
      await playing.close();
      await waitUntilPlaying(last, 90);
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'small-house');
    }
  }, 240_000);

  test('a viewer who has to make room is warned, and the urgent session is served', async () => {
    cluster.apply(streamClass('urgent-first', { preemption: 'LowerPriority' }));
    await readyApp('reviews', {
      classes: ['urgent-first'],
      limits: { sessions: 1 },
      lifetimes: { warningSeconds: 12 },
    });
    const { browser, page, name } = await beginToWatch('reviews');
    try {
      cluster.apply(session('urgent-1', 'reviews', { priority: 100 }));
      const warning = await page.waitForSelector('#warning', { visible: true, timeout: 30_000 });
      const told = await warning!.evaluate((it) => it.textContent);
      expect(told).toMatch(/make room for a more urgent one.*0:\d\d/s);
      expect(await page.$eval('#stay', (button) => (button as HTMLElement).hidden)).toBe(true);
      await waitForState(page, 'ended');
      await waitForWords(page, 'The session made room for a more urgent one.');
      expect((await end(name)).reason).toBe('Preempted');
      await readySession('urgent-1', 90);
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'reviews');
      cluster.delete('streamclass', 'urgent-first');
    }
  }, 240_000);

  function idlePods(ofApp: string): string[] {
    return cluster
      .list('pods', 'default', `vitrine.dev/app=${ofApp},!vitrine.dev/session,!vitrine.dev/watches`)
      .map(({ metadata }) => metadata.name);
  }
});
