import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { condition, until } from '../../src/cluster.ts';
import { cluster, link, newSession, sessionNames } from '../../src/sessions.ts';
import {
  STILL,
  TURNED,
  drag,
  look,
  settled,
  waitForChange,
  waitUntilPlaying,
} from '../../src/viewer.ts';

const repo = path.resolve(import.meta.dirname, '../../..');

describe('the first picture', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch('chrome');
  });

  afterAll(async () => {
    await browser?.close();
  });

  test('the link shows the stage, it turns when dragged, and leaving ends the session and its pod', async () => {
    const before = sessionNames();
    const page = await openPage(browser, link());
    await waitUntilPlaying(page, 90);
    const resting = await settled(page, STILL);
    expect(resting.contrast).toBeGreaterThan(5);

    mkdirSync(`${repo}/e2e/target`, { recursive: true });
    await page.screenshot({ path: `${repo}/e2e/target/first-picture.png` });

    await drag(page, 250, 60);
    await waitForChange(page, resting, TURNED);
    const turned = await settled(page, STILL);
    await page.mouse.wheel({ deltaY: -400 });
    await waitForChange(page, turned, TURNED);

    const session = await until('a connected session', () => {
      const found = newSession(before);
      return condition(found, 'Connected')?.status === 'True' && found;
    });
    expect(condition(session, 'Ready')?.status).toBe('True');
    const pod = session.status!.podName!;
    expect(cluster.get('pod', pod)?.metadata.labels).toMatchObject({
      'vitrine.dev/app': 'usd-viewer',
      'vitrine.dev/class': 'cpu',
      'vitrine.dev/session': session.metadata.name,
    });
    const timeline = await until('the first frame in the timeline', () => {
      const now = cluster.get('streamsession', session.metadata.name)?.status?.timeline;
      return now?.['firstFrameAt'] ? now : undefined;
    });
    for (const moment of ['requestedAt', 'assignedAt', 'readyAt', 'connectedAt', 'firstFrameAt']) {
      expect(timeline[moment], moment).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    }

    await page.close();
    const ended = await until(
      'the end of the session',
      () => {
        const now = cluster.get('streamsession', session.metadata.name);
        return condition(now, 'Ended')?.status === 'True' && now;
      },
      60,
    );
    expect(condition(ended, 'Ended')?.reason).toBe('ClosedByViewer');
    await until(
      'the end of the pod',
      () => cluster.get('pod', pod) === undefined || phaseOf(pod) === 'Succeeded',
      60,
    );
  }, 240_000);

  function phaseOf(pod: string): string | undefined {
    return cluster.get('pod', pod)?.status?.phase;
  }

  test('Firefox, which brings no H.264 here, is shown the stage by VP8', async () => {
    const before = sessionNames();
    const firefox = await launch('firefox');
    try {
      const page = await openPage(firefox, link());
      await waitUntilPlaying(page, 90);
      expect((await look(page)).contrast).toBeGreaterThan(5);
      const { metadata } = newSession(before)!;
      const codec = await until('the codec in the report', () => {
        return cluster.get('streamsession', metadata.name)?.status?.connection?.['codec'];
      });
      expect(codec).toBe('VP8');
      cluster.delete('streamsession', metadata.name);
    } finally {
      await firefox.close();
    }
  });

  test('kubectl get answers the first question at a glance', () => {
    const table = cluster.kubectl('get', 'streamingapps,streamsessions');
    expect(table).toContain('usd-viewer');
    expect(table).toContain(link());
    expect(table).toContain('ClosedByViewer');
  });
});
