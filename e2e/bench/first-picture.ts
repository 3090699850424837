import type { Browser } from 'puppeteer-core';
import { launch, openPage } from '../src/browser.ts';
import { Cluster, condition, until } from '../src/cluster.ts';
import { waitUntilPlaying } from '../src/viewer.ts';
import { hand, quantile, round, type Row } from './row.ts';

// From a click on the link to the first decoded picture: with an idle pod waiting, and with none.
// By stage, as the session's timeline has it: its times are the controller's and the pod's clocks, one machine here.

const STAGES = [
  ['created → pod assigned', 'requestedAt', 'assignedAt'],
  ['created → connected', 'requestedAt', 'connectedAt'],
  ['created → first frame', 'requestedAt', 'firstFrameAt'],
] as const;

const cluster = new Cluster();
if (!cluster.get('streamingapp', 'usd-viewer')?.status?.url)
  throw new Error('the example is not installed; run: make up');

const browser = await launch('chrome');
const rows: Row[] = [];
try {
  rows.push(...(await measure(browser, 'usd-viewer', 'warm', 10, 600)));
  cluster.apply({
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamingApp',
    metadata: { name: 'bench-cold', namespace: 'default' },
    spec: { classes: ['cpu'], rollout: { verification: { mode: 'None' } } },
  });
  rows.push(...(await measure(browser, 'bench-cold', 'cold', 5)));
} finally {
  await browser.close();
  if (cluster.get('streamingapp', 'bench-cold')) cluster.delete('streamingapp', 'bench-cold');
}
hand(rows);

/** Opens the app's link so many times; `bar` is for the 95th percentile, in milliseconds. */
async function measure(
  browser: Browser,
  app: string,
  what: string,
  runs: number,
  bar?: number,
): Promise<Row[]> {
  const timelines: Record<string, string>[] = [];
  const clicks: number[] = [];
  for (let run = 0; run < runs; run++) {
    const url = await ready(app);
    const before = new Set(cluster.list('streamsessions').map(({ metadata }) => metadata.name));
    const clicked = performance.now();
    const page = await openPage(browser, url);
    await waitUntilPlaying(page, 120);
    clicks.push(performance.now() - clicked);
    timelines.push(
      await until('a first frame in the timeline', () => {
        const session = cluster
          .list('streamsessions')
          .find(({ metadata }) => !before.has(metadata.name));
        return session?.status?.timeline?.['firstFrameAt'] ? session.status.timeline : undefined;
      }),
    );
    await page.close();
  }
  const byStage = STAGES.map(([name, from, to]): [string, number[]] => [
    name,
    timelines.map((timeline) => Date.parse(timeline[to]!) - Date.parse(timeline[from]!)),
  ]);
  return [...byStage, ['click → picture', clicks] as [string, number[]]].flatMap(
    ([name, millis]) => {
      const p95 = round(quantile(millis, 0.95), 0);
      const barred = bar !== undefined && name === 'created → first frame';
      return [
        {
          name: `${name}, ${what}, median of ${runs}`,
          value: round(quantile(millis, 0.5), 0),
          unit: 'ms',
        },
        {
          name: `${name}, ${what}, p95 of ${runs}`,
          value: p95,
          unit: 'ms',
          ...(barred && { bar: `≤ ${bar} ms`, holds: p95 <= bar }),
        },
      ];
    },
  );
}

/** The app's link, once all its idle pods wait. */
async function ready(app: string): Promise<string> {
  return until(
    `the pods of ${app}`,
    () => {
      const now = cluster.get('streamingapp', app);
      const idle = idlePods(app);
      const wanted =
        (now?.spec as { warm?: { targetIdle?: number } } | undefined)?.warm?.targetIdle ?? 0;
      return condition(now, 'Ready')?.status === 'True' && idle === wanted && now!.status!.url;
    },
    120,
  );
}

function idlePods(app: string): number {
  return cluster
    .list('pods', 'default', `vitrine.dev/app=${app},!vitrine.dev/session,!vitrine.dev/watches`)
    .filter((pod) => condition(pod, 'Ready')?.status === 'True').length;
}
