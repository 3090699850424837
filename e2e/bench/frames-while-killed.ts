import type { JSHandle, Page } from 'puppeteer-core';
import { condition, until } from '../src/cluster.ts';
import {
  PARTS,
  gatewayWithSocket,
  kill,
  leader,
  replicasOf,
  scale,
  untilReady,
} from '../src/control-plane.ts';
import { beginToWatch, cluster, session, type Viewer } from '../src/sessions.ts';
import { noteStates, waitUntilPlaying } from '../src/viewer.ts';
import { hand, round, type Row } from './row.ts';

// What a viewer sees while the controller that leads and the gateway that they are signalled by are killed.

const ROUNDS = 3;
const REPLICAS = 2;
const QUIET_SECONDS = 20;
const LONGEST_CLAIM_SECONDS = 10;

const NOTE =
  'Two controllers and two gateways, the viewer and the nodes on one machine: whoever starts in place of those that ' +
  'were killed takes processor time from the picture, which is rendered by the CPU here. The page is reloaded before ' +
  'each round, so that it has a signalling socket that can break.';

/** Pictures that were shown in a time, in milliseconds. */
interface Watched {
  readonly pictures: number;
  readonly millis: number;
  readonly longestGap: number;
}

const before = PARTS.map(replicasOf);
const claims: string[] = [];
let viewer: Viewer | undefined;
try {
  PARTS.forEach((part) => scale(part, REPLICAS));
  for (const part of PARTS) await untilReady(part, REPLICAS);

  viewer = await beginToWatch();
  const { page, name } = viewer;
  const podName = await until('the pod', () => cluster.get('streamsession', name)?.status?.podName);
  const quiet = await watch(page, () => pause(QUIET_SECONDS));

  const rounds: Watched[] = [];
  const claimSeconds: number[] = [];
  let left = 0;
  let lost = 0;
  for (let i = 0; i < ROUNDS; i++) {
    await page.reload();
    await waitUntilPlaying(page, 120);
    const states = await noteStates(page);
    rounds.push(
      await watch(page, async () => {
        kill(leader(), await until('the gateway of the viewer', gatewayWithSocket));
        claimSeconds.push(await secondsToClaim(`bench-killed-${Date.now()}`));
        for (const part of PARTS) await untilReady(part, REPLICAS);
      }),
    );
    left += (await states()).filter((state) => state !== 'playing').length;
    const now = cluster.get('streamsession', name);
    const ended = condition(now, 'Ended')?.status === 'True';
    if (!now || ended || now.status?.podName !== podName) lost = 1;
    console.error(`round ${i + 1}: claim after ${claimSeconds.at(-1)!.toFixed(1)} s`);
  }
  hand(rows(quiet, rounds, claimSeconds, left, lost).map((row) => ({ ...row, note: NOTE })));
} finally {
  await viewer?.browser.close();
  claims.forEach((claim) => cluster.delete('streamsession', claim));
  PARTS.forEach((part, i) => scale(part, before[i]!));
}

function rows(
  quiet: Watched,
  rounds: Watched[],
  claimSeconds: number[],
  left: number,
  lost: number,
): Row[] {
  const killed = rounds.reduce((a, b) => ({
    pictures: a.pictures + b.pictures,
    millis: a.millis + b.millis,
    longestGap: Math.max(a.longestGap, b.longestGap),
  }));
  const slowest = round(Math.max(...claimSeconds));
  const peer = 'nobody killed';
  return [
    {
      name: 'longest time between two pictures, leader and gateway killed',
      value: round(killed.longestGap, 0),
      unit: 'ms',
      peer,
      peerValue: round(quiet.longestGap, 0),
    },
    {
      name: 'pictures shown, leader and gateway killed',
      value: perSecond(killed),
      unit: '/s',
      peer,
      peerValue: perSecond(quiet),
    },
    none('times that the page left the state playing', left),
    none('viewers who lost their session or its pod', lost),
    {
      name: `kill of leader and gateway → first new claim, longest of ${ROUNDS}`,
      value: slowest,
      unit: 's',
      bar: `≤ ${LONGEST_CLAIM_SECONDS} s`,
      holds: slowest <= LONGEST_CLAIM_SECONDS,
    },
  ];
}

function none(name: string, value: number): Row {
  return { name, value, unit: '', bar: '≤ 0', holds: value === 0 };
}

function perSecond({ pictures, millis }: Watched): number {
  return round(pictures / (millis / 1000));
}

/** Counts the pictures that are shown while something happens. */
async function watch(page: Page, happens: () => Promise<void>): Promise<Watched> {
  const shown = await shownPictures(page);
  await happens();
  const times = await shown.evaluate((all) => [...all, performance.now()]);
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  return {
    pictures: times.length - 2,
    millis: times.at(-1)! - times[0]!,
    longestGap: Math.max(...gaps),
  };
}

/** When the watch began, then when each picture was shown, in milliseconds of the page's clock. */
function shownPictures(page: Page): Promise<JSHandle<number[]>> {
  return page.evaluateHandle(() => {
    const video = document.querySelector('video')!;
    const times = [performance.now()];
    const onFrame = () => {
      times.push(performance.now());
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
    return times;
  });
}

async function secondsToClaim(name: string): Promise<number> {
  claims.push(name);
  const asked = performance.now();
  cluster.apply(session(name, 'usd-viewer'));
  await until('a claim', () => cluster.get('streamsession', name)?.status?.podName, 120);
  return (performance.now() - asked) / 1000;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
