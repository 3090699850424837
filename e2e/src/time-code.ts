import type { Page } from 'puppeteer-core';

/** One shown picture: when it was presented and made, both on the machine's monotonic clock. */
export interface Sample {
  presentedAt: number;
  latencyMillis: number;
}

interface Shown {
  at: number;
  millis: number;
}

/** Reads the time code that a runtime started with `--time-code` paints into its pictures. */
export async function watchTimeCode(page: Page, seconds: number): Promise<Sample[]> {
  const offset = await clockOffset(page);
  const shown = await page.evaluate(
    (forMillis) =>
      new Promise<Shown[]>((resolve) => {
        const BARS = 40;
        const video = document.querySelector('video')!;
        const canvas = document.createElement('canvas');
        canvas.width = BARS;
        canvas.height = 1;
        const context = canvas.getContext('2d', { willReadFrequently: true })!;
        context.imageSmoothingEnabled = false;
        const seen: Shown[] = [];
        const end = performance.now() + forMillis;
        const onFrame = () => {
          const at = performance.now();
          const { videoWidth, videoHeight } = video;
          const [y, height] = [(videoHeight * 8) / 720, (videoHeight * 16) / 720];
          context.drawImage(video, 0, y, videoWidth, height, 0, 0, BARS, 1);
          const { data } = context.getImageData(0, 0, BARS, 1);
          const bits = Array.from({ length: BARS }, (_, i) => (data[i * 4 + 1]! > 128 ? 1 : 0));
          const number = (from: number, count: number) =>
            bits.slice(from, from + count).reduce<number>((sum, bit) => sum * 2 + bit, 0);
          const [millis, sequence, state] = [number(2, 16), number(18, 8), number(26, 1)];
          const nibbles = [0, 4, 8, 12].reduce((sum, shift) => sum + ((millis >> shift) & 15), 0);
          const sum = (nibbles + (sequence & 15) + (sequence >> 4) + state) & 15;
          if (bits[0] === 1 && bits[1] === 0 && sum === number(27, 4)) seen.push({ at, millis });
          if (at < end) video.requestVideoFrameCallback(onFrame);
          else resolve(seen);
        };
        video.requestVideoFrameCallback(onFrame);
      }),
    seconds * 1000,
  );
  return shown.map(({ at, millis }) => {
    const presentedAt = at + offset;
    return { presentedAt, latencyMillis: (((presentedAt - millis) % 65536) + 65536) % 65536 };
  });
}

/** What to add to the page's clock to have the machine's; by the quickest of some round trips. */
async function clockOffset(page: Page): Promise<number> {
  let best = { roundTrip: Infinity, offset: 0 };
  for (let i = 0; i < 40; i++) {
    const before = machineMillis();
    const now = await page.evaluate(() => performance.now());
    const roundTrip = machineMillis() - before;
    if (roundTrip < best.roundTrip) best = { roundTrip, offset: before + roundTrip / 2 - now };
  }
  return best.offset;
}

function machineMillis(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
