import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { Cluster, condition, until, type Resource } from '../src/cluster.ts';
import { drag, look, waitForChange, waitUntilPlaying } from '../src/viewer.ts';

const repo = path.resolve(import.meta.dirname, '../..');
const cluster = new Cluster();

/** What a turn of the camera does to the picture. */
const TURNED = 1.5;

function link(app = 'usd-viewer'): string {
  const url = cluster.get('streamingapp', app)?.status?.url;
  if (!url) throw new Error(`the StreamingApp ${app} has no status.url`);
  return url;
}

/** The session that has come into being since the names were listed. */
function newSession(before: Set<string>): Resource | undefined {
  return cluster.list('streamsessions').find(({ metadata }) => !before.has(metadata.name));
}

function sessionNames(): Set<string> {
  return new Set(cluster.list('streamsessions').map(({ metadata }) => metadata.name));
}

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
    const resting = await look(page);
    expect(resting.contrast).toBeGreaterThan(5);

    mkdirSync(`${repo}/e2e/target`, { recursive: true });
    await page.screenshot({ path: `${repo}/e2e/target/first-picture.png` });

    await drag(page, 250, 60);
    const turned = await waitForChange(page, resting, TURNED);
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

  test('kubectl get answers the first question at a glance', () => {
    const table = cluster.kubectl('get', 'streamingapps,streamsessions');
    expect(table).toContain('usd-viewer');
    expect(table).toContain(link());
    expect(table).toContain('ClosedByViewer');
  });
});

describe('bad input', () => {
  test('an app with an unknown class says so', async () => {
    cluster.apply(app('no-class', { classes: ['gold'] }));
    const refused = await until('a refusal', () => {
      const now = cluster.get('streamingapp', 'no-class');
      return condition(now, 'Ready')?.status === 'False' && now;
    });
    expect(condition(refused, 'Ready')?.message).toContain('gold');
    cluster.delete('streamingapp', 'no-class');
  });

  test('an image that cannot be pulled ends the session with the words of the node', async () => {
    cluster.apply(
      app('no-image', { image: 'nowhere.invalid/no/image:1', lifetimes: { startSeconds: 10 } }),
    );
    cluster.apply(session('no-image-1', 'no-image'));
    const ended = await until(
      'the end',
      () => {
        const now = cluster.get('streamsession', 'no-image-1');
        return condition(now, 'Ended')?.status === 'True' && now;
      },
      90,
    );
    expect(['StartTimeout', 'AppFailed']).toContain(condition(ended, 'Ended')?.reason);
    expect(condition(ended, 'Ended')?.message).toMatch(/image|pull/i);
    cluster.delete('streamingapp', 'no-image');
  });

  test('an undeclared parameter is rejected', async () => {
    cluster.apply({
      ...session('undeclared-1', 'usd-viewer'),
      spec: { app: 'usd-viewer', parameters: { colour: 'red' } },
    });
    const ended = await until('the rejection', () => {
      const now = cluster.get('streamsession', 'undeclared-1');
      return condition(now, 'Ended')?.status === 'True' && now;
    });
    expect(condition(ended, 'Ended')).toMatchObject({ reason: 'Rejected' });
    expect(condition(ended, 'Ended')?.message).toContain('colour');
    cluster.delete('streamsession', 'undeclared-1');
  });

  function app(name: string, spec: object): object {
    return {
      apiVersion: 'vitrine.dev/v1alpha1',
      kind: 'StreamingApp',
      metadata: { name, namespace: 'default' },
      spec: { classes: ['cpu'], ...spec },
    };
  }

  function session(name: string, appName: string): object {
    return {
      apiVersion: 'vitrine.dev/v1alpha1',
      kind: 'StreamSession',
      metadata: { name, namespace: 'default' },
      spec: { app: appName },
    };
  }
});

test('every example is taken by the API server as it is written', () => {
  const files = execFileSync('git', ['ls-files', 'examples/*.yaml'], {
    cwd: repo,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  expect(files.length).toBeGreaterThan(2);
  for (const file of files)
    cluster.kubectl('apply', '--dry-run=server', '-f', path.join(repo, file));
});
