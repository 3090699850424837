import type { Browser, Page } from 'puppeteer-core';
import { launch, openPage } from '../src/browser.ts';
import { Cluster, condition, until } from '../src/cluster.ts';
import { waitUntilPlaying } from '../src/viewer.ts';
import { hand, quantile, round, type Row } from './row.ts';

// From a click on the link to the first decoded picture: with an idle pod waiting, and with none.
// All times are the page's: when it asks for a session, is told of its pod, is connected, and shows a picture.
// The page is open when it asks, and nothing is left of the viewer before.

const WARM_RUNS = 30;
const COLD_RUNS = 5;
const WARM_BAR_MILLIS = 600;

/** When the page came to it, in milliseconds of its clock. */
interface Moments {
  created: number;
  assigned: number;
  connected: number;
  shown: number;
}

const STAGES = [
  ['created → pod assigned', 'created', 'assigned'],
  ['pod assigned → connected', 'assigned', 'connected'],
  ['connected → first frame', 'connected', 'shown'],
  ['created → first frame, page open', 'created', 'shown'],
] as const;

const cluster = new Cluster();
if (!cluster.get('streamingapp', 'usd-viewer')?.status?.url)
  throw new Error('the example is not installed; run: make up');

const browser = await launch('chrome');
const rows: Row[] = [];
try {
  rows.push(...(await measure(browser, 'usd-viewer', 'warm', WARM_RUNS, WARM_BAR_MILLIS)));
  cluster.apply({
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamingApp',
    metadata: { name: 'bench-cold', namespace: 'default' },
    spec: { classes: ['cpu'], rollout: { verification: { mode: 'None' } } },
  });
  rows.push(...(await measure(browser, 'bench-cold', 'cold', COLD_RUNS)));
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
  const all: Moments[] = [];
  const clicks: number[] = [];
  for (let run = 0; run < runs; run++) {
    const url = await ready(app);
    const page = await openPage(browser, 'about:blank');
    await noteMoments(page);
    const clicked = performance.now();
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await waitUntilPlaying(page, 120);
    clicks.push(performance.now() - clicked);
    all.push(await momentsOf(page));
    await page.close();
    await end(app);
  }
  const byStage = STAGES.map(([name, from, to]): [string, number[]] => [
    name,
    all.map((moments) => moments[to] - moments[from]),
  ]);
  return [...byStage, ['click → picture', clicks] as [string, number[]]].flatMap(
    ([name, millis]) => {
      const p95 = round(quantile(millis, 0.95), 0);
      const barred = bar !== undefined && name.startsWith('created → first frame');
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

/** Has the page's next document note when it comes to what; see {@link momentsOf}. */
async function noteMoments(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const moments: Partial<Moments> = {};
    Object.assign(globalThis, { moments });
    const open = new Promise<void>((resolve) =>
      addEventListener('load', () => requestIdleCallback(() => resolve())),
    );
    const ask = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (init?.method === 'POST') {
        await open;
        moments.created ??= performance.now();
      }
      const reply = await ask(input, init);
      const told = ({ connect }: { connect?: object }) => {
        if (connect) moments.assigned ??= performance.now();
      };
      reply
        .clone()
        .json()
        .then(told, () => undefined);
      return reply;
    };
    const Connection = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Connection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('connectionstatechange', () => {
          if (this.connectionState === 'connected') moments.connected ??= performance.now();
        });
      }
    };
    document.addEventListener('DOMContentLoaded', () => {
      const video = document.querySelector('video')!;
      video.requestVideoFrameCallback(() => (moments.shown ??= performance.now()));
    });
  });
}

async function momentsOf(page: Page): Promise<Moments> {
  const moments = await page.waitForFunction(
    () => {
      const { moments } = globalThis as unknown as { moments: Moments };
      return moments.shown === undefined ? undefined : moments;
    },
    { timeout: 10_000, polling: 50 },
  );
  return (await moments.jsonValue())!;
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

/** Ends the app's sessions, and waits until their pods are gone: they would take time from the next. */
async function end(app: string): Promise<void> {
  for (const session of cluster.list('streamsessions', 'default'))
    if ((session.spec as { app: string }).app === app)
      cluster.delete('streamsession', session.metadata.name);
  await until(
    `the end of the pods of ${app}`,
    () =>
      cluster.list('pods', 'default', `vitrine.dev/app=${app},vitrine.dev/session`).length === 0,
    60,
  );
}
