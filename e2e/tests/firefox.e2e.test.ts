import { expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { LocalRuntime } from '../src/local-runtime.ts';
import { look, waitUntilPlaying } from '../src/viewer.ts';

test('Firefox, which brings no H.264 here, is sent VP8', async () => {
  const runtime = await LocalRuntime.start(8082);
  const browser = await launch('firefox');
  try {
    const page = await openPage(browser, runtime.url);
    await waitUntilPlaying(page, 90);
    expect((await look(page)).contrast).toBeGreaterThan(5);
  } finally {
    await browser.close();
    await runtime.stop();
  }
});
