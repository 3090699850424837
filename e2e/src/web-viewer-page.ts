import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';

const pictures = path.resolve(import.meta.dirname, '../target');

/** Keeps a picture of the page for whoever wants to look at it. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/web-viewer-${name}.png` });
}

/** Presses a button once it can be. */
export async function press(page: Page, name: string): Promise<void> {
  const button = await page.waitForSelector(`::-p-aria([name="${name}"][role="button"])`);
  await page.waitForFunction((it) => !(it as HTMLButtonElement).disabled, {}, button!);
  await button!.click();
}

/** Writes over what a field has. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  const field = await page.waitForSelector(`::-p-aria([name="${label}"][role="textbox"])`);
  await field!.focus();
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyA');
  await page.keyboard.up('Control');
  await field!.type(text);
}

/** Takes one of several, by its id. */
export async function choose(page: Page, id: string): Promise<void> {
  const radio = await page.waitForSelector(`input[type="radio"][value="${id}"]`);
  await radio!.click();
  await page.waitForSelector(`input[type="radio"][value="${id}"]:checked`);
}

/** Waits until the page says this somewhere. */
export async function says(page: Page, text: string | RegExp): Promise<void> {
  const words = () => page.$eval('body', (body) => body.innerText);
  await expect.poll(words, { timeout: 30_000 }).toMatch(text);
}

/** The names of the tree's rows, from top to bottom, further in by their level. */
export async function rows(page: Page): Promise<string[]> {
  return page.$$eval('[role="treeitem"]', (items) =>
    items.map((item) => `${' '.repeat(Number(item.ariaLevel) - 1)}${item.textContent}`),
  );
}
