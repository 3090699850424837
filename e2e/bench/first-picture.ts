import { launch, openPage } from '../src/browser.ts';
import { Cluster, until } from '../src/cluster.ts';
import { waitUntilPlaying } from '../src/viewer.ts';
import { hand, quantile, round, type Row } from './row.ts';

// From a click on the link to the first decoded picture, with no pod warm: by stage, as the session's timeline has it.

const RUNS = 5;
const STAGES = [
  ['created → pod assigned', 'requestedAt', 'assignedAt'],
  ['created → pod ready', 'requestedAt', 'readyAt'],
  ['created → connected', 'requestedAt', 'connectedAt'],
  ['created → first frame', 'requestedAt', 'firstFrameAt'],
] as const;

const cluster = new Cluster();
const url = cluster.get('streamingapp', 'usd-viewer')?.status?.url;
if (!url) throw new Error('the example is not installed; run: make up');

const browser = await launch('chrome');
const timelines: Record<string, string>[] = [];
const clicks: number[] = [];
try {
  for (let run = 0; run < RUNS; run++) {
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
} finally {
  await browser.close();
}

const rows: Row[] = STAGES.map(([name, from, to]) => {
  const millis = timelines.map(
    (timeline) => Date.parse(timeline[to]!) - Date.parse(timeline[from]!),
  );
  return {
    name: `${name}, cold, median of ${RUNS}`,
    value: round(quantile(millis, 0.5), 0),
    unit: 'ms',
  };
});
rows.push({
  name: `click → picture, cold, median of ${RUNS}`,
  value: round(quantile(clicks, 0.5), 0),
  unit: 'ms',
});
hand(rows);
