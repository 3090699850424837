import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { LocalRuntime } from '../src/local-runtime.ts';
import {
  STILL,
  TURNED,
  drag,
  settled,
  waitForChange,
  waitForLikeness,
  waitUntilPlaying,
} from '../src/viewer.ts';

const scene =
  '#usda 1.0\n(\n    subLayers = [@./look.usda@]\n)\ndef Cube "Box"\n{\n    double size = 10\n}\n';
const painted = (colour: string) =>
  `#usda 1.0\nover "Box"\n{\n    color3f[] primvars:displayColor = [(${colour})]\n}\n`;

const folder = mkdtempSync(`${tmpdir()}/stage-`);
let runtime: LocalRuntime;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  writeFileSync(`${folder}/scene.usda`, scene);
  writeFileSync(`${folder}/look.usda`, painted('0.8, 0.8, 0.8'));
  runtime = await LocalRuntime.start(8086, ['--stage', `${folder}/scene.usda`]);
  browser = await launch('chrome');
  page = await openPage(browser, runtime.url);
  await waitUntilPlaying(page);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
});

afterAll(async () => {
  await browser?.close();
  await runtime?.stop();
  rmSync(folder, { recursive: true });
});

/** As editors do: a file beside it takes its place. */
function save(name: string, text: string): void {
  writeFileSync(`${folder}/.${name}.swp`, text);
  renameSync(`${folder}/.${name}.swp`, `${folder}/${name}`);
}

async function words(): Promise<string> {
  return page.evaluate(() => document.body.innerText);
}

test('a stage that is saved is in the picture, from where the viewer looks; a broken one is told', async () => {
  const resting = await settled(page, STILL);
  await drag(page, 250, 60);
  await waitForChange(page, resting, TURNED);
  const turned = await settled(page, STILL);

  save('look.usda', painted('0.8, 0.05, 0.02'));
  const red = await waitForChange(page, turned, TURNED);
  expect(red.mean[0]).toBeGreaterThan(red.mean[2]);

  save('look.usda', '#usda 1.0\nover "Box"\n{\n');
  await expect
    .poll(words, { timeout: 20_000 })
    .toContain('What was saved cannot be shown: look.usda:4:');
  await waitForLikeness(page, red, STILL * 4);
  expect(runtime.stderr()).toContain('What was saved cannot be shown: look.usda:4:');

  save('look.usda', painted('0.8, 0.8, 0.8'));
  await waitForLikeness(page, turned, STILL * 4);
  expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('playing');
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
});
