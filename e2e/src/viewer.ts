import type { Page } from 'puppeteer-core';

/** What the page shows: decoded pixels, not what anybody says about them. */
export interface Picture {
  width: number;
  height: number;
  /** Mean of red, green and blue, 0 to 255 each. */
  mean: [number, number, number];
  /** Mean distance of a pixel's brightness from the mean: 0 for one flat colour. */
  contrast: number;
  /** How many pictures the video has decoded so far. */
  count: number;
  /** A coarse thumbnail, brightness row by row, to compare two pictures with. */
  thumbnail: number[];
}

/** What the codec does to a picture that stands still, and what a turn of the camera does. */
export const STILL = 0.35;
export const TURNED = 1.5;

const COLUMNS = 32;
const ROWS = 18;

/** Waits until the page says that it plays and the video has decoded a frame; else says what it says instead. */
export async function waitUntilPlaying(page: Page, seconds = 60): Promise<void> {
  try {
    await page.waitForFunction(
      () => {
        const video = document.querySelector('video');
        return (
          document.documentElement.dataset['state'] === 'playing' && !!video && video.videoWidth > 0
        );
      },
      { timeout: seconds * 1000, polling: 50 },
    );
  } catch (error) {
    const words = await page
      .evaluate(() => `${document.documentElement.dataset['state']}: ${document.body.innerText}`)
      .catch(() => 'gone');
    throw new Error(`the page does not play within ${seconds} s, but is ${words}`, {
      cause: error,
    });
  }
}

/** Waits until the page's state, as it stands on its root element, is the given one. */
export async function waitForState(page: Page, state: string, seconds = 30): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.documentElement.dataset['state'] === wanted,
    {
      timeout: seconds * 1000,
      polling: 50,
    },
    state,
  );
}

/** Waits until what stands before the picture says this. */
export async function waitForWords(page: Page, words: string, seconds = 30): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('#curtain')?.textContent?.includes(wanted),
    { timeout: seconds * 1000, polling: 50 },
    words,
  );
}

/** Has the page take down every state that it comes to from now on; gives what it has so far. */
export async function noteStates(page: Page): Promise<() => Promise<string[]>> {
  const states = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const { documentElement } = document;
    new MutationObserver(() => seen.push(documentElement.dataset['state'] ?? '')).observe(
      documentElement,
      { attributeFilter: ['data-state'] },
    );
    return seen;
  });
  return () => states.jsonValue();
}

export async function look(page: Page): Promise<Picture> {
  return page.evaluate(
    (columns, rows) => {
      const video = document.querySelector('video')!;
      const canvas = document.createElement('canvas');
      canvas.width = columns;
      canvas.height = rows;
      const context = canvas.getContext('2d')!;
      context.drawImage(video, 0, 0, columns, rows);
      const { data } = context.getImageData(0, 0, columns, rows);
      const pixels = columns * rows;
      const mean: [number, number, number] = [0, 0, 0];
      const thumbnail: number[] = [];
      for (let i = 0; i < pixels; i++) {
        const [r, g, b] = [data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!];
        mean[0] += r / pixels;
        mean[1] += g / pixels;
        mean[2] += b / pixels;
        thumbnail.push((r + g + b) / 3);
      }
      const brightness = (mean[0] + mean[1] + mean[2]) / 3;
      const contrast =
        thumbnail.reduce((sum, pixel) => sum + Math.abs(pixel - brightness), 0) / pixels;
      const [width, height] = [video.videoWidth, video.videoHeight];
      const count = video.getVideoPlaybackQuality().totalVideoFrames;
      return { width, height, mean, contrast, count, thumbnail };
    },
    COLUMNS,
    ROWS,
  );
}

/** Waits until the video has decoded another picture since then. */
export async function waitForPicture(page: Page, since: Picture, seconds = 10): Promise<void> {
  await page.waitForFunction(
    (count) => document.querySelector('video')!.getVideoPlaybackQuality().totalVideoFrames > count,
    { timeout: seconds * 1000, polling: 50 },
    since.count,
  );
}

/** Mean difference of two pictures' thumbnails, 0 to 255. */
export function difference(a: Picture, b: Picture): number {
  return (
    a.thumbnail.reduce((sum, pixel, i) => sum + Math.abs(pixel - b.thumbnail[i]!), 0) /
    a.thumbnail.length
  );
}

/** Waits until the picture differs from the given one by at least this much. */
export async function waitForChange(
  page: Page,
  before: Picture,
  atLeast: number,
  seconds = 10,
): Promise<Picture> {
  return waitForDifference(page, before, (now) => now >= atLeast, `at least ${atLeast}`, seconds);
}

/** Waits until the picture differs from the given one by less than this. */
export async function waitForLikeness(
  page: Page,
  wanted: Picture,
  lessThan: number,
  seconds = 10,
): Promise<Picture> {
  return waitForDifference(page, wanted, (now) => now < lessThan, `under ${lessThan}`, seconds);
}

async function waitForDifference(
  page: Page,
  other: Picture,
  holds: (now: number) => boolean,
  expected: string,
  seconds: number,
): Promise<Picture> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const now = await look(page);
    const differs = difference(other, now);
    if (holds(differs)) return now;
    if (Date.now() > deadline) {
      throw new Error(
        `after ${seconds} s the pictures differ by ${differs.toFixed(1)}, expected ${expected}`,
      );
    }
  }
}

/** The picture once it has stood still for some pictures: input, too, takes its time to arrive. */
export async function settled(page: Page, still: number, seconds = 20): Promise<Picture> {
  const deadline = Date.now() + seconds * 1000;
  let since = await look(page);
  while (Date.now() < deadline) {
    const now = await look(page);
    if (now.contrast === 0 || difference(since, now) >= still) since = now;
    else if (now.count >= since.count + 10) return now;
  }
  throw new Error(`the picture did not stand still within ${seconds} s`);
}

/** Drags from the middle of the picture with the left button. */
export async function drag(page: Page, dx: number, dy: number): Promise<void> {
  const box = await page.$eval('video', (video) => {
    const { x, y, width, height } = video.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  await page.mouse.move(box.x + dx, box.y + dy, { steps: 12 });
  await page.mouse.up();
}
