import puppeteer, { type Browser, type Page } from 'puppeteer-core';

export type BrowserName = 'chrome' | 'firefox';

/** A real browser of the machine, headless. The caller closes it. */
export async function launch(name: BrowserName): Promise<Browser> {
  if (name === 'firefox') {
    return puppeteer.launch({
      browser: 'firefox',
      executablePath: '/usr/bin/firefox-esr',
      extraPrefsFirefox: { 'media.autoplay.default': 0, 'media.gmp-manager.updateEnabled': false },
    });
  }
  return puppeteer.launch({
    browser: 'chrome',
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

/**
 * A page of the size that the README's picture has.
 * @param prepare is done to the page before it is loaded
 */
export async function openPage(
  browser: Browser,
  url: string,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  // The compiler of the benchmarks wraps functions with names into this, which a page does not have.
  await page.evaluateOnNewDocument('globalThis.__name ??= (named) => named');
  await prepare(page);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return page;
}
