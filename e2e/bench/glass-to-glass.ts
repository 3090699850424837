import { launch, openPage } from '../src/browser.ts';
import { LocalRuntime } from '../src/local-runtime.ts';
import { cpuSeconds, treeOf } from '../src/processes.ts';
import { watchTimeCode } from '../src/time-code.ts';
import { waitUntilPlaying } from '../src/viewer.ts';
import { hand, quantile, round } from './row.ts';

// From the renderer's start of a picture to its presentation by the browser, on one machine.

const WARM_UP_SECONDS = 8;
const SECONDS = 20;

const runtime = await LocalRuntime.start(8080, ['--time-code']);
const browser = await launch('chrome');
try {
  const page = await openPage(browser, runtime.url);
  await waitUntilPlaying(page);
  await watchTimeCode(page, WARM_UP_SECONDS);

  const tree = treeOf(runtime.pid);
  const cpuBefore = cpuSeconds(tree);
  const samples = await watchTimeCode(page, SECONDS);
  const cpu = ((cpuSeconds(tree) - cpuBefore) / SECONDS) * 100;

  const latencies = samples.map(({ latencyMillis }) => latencyMillis);
  const fps =
    (samples.length - 1) / ((samples.at(-1)!.presentedAt - samples[0]!.presentedAt) / 1000);
  hand([
    {
      name: 'glass to glass p50, 1280x720 at 30, software',
      value: round(quantile(latencies, 0.5)),
      unit: 'ms',
    },
    {
      name: 'glass to glass p95, 1280x720 at 30, software',
      value: round(quantile(latencies, 0.95)),
      unit: 'ms',
    },
    { name: 'pictures shown', value: round(fps), unit: '/s' },
    { name: 'CPU of the runtime while streaming', value: round(cpu), unit: '% of a core' },
  ]);
} finally {
  await browser.close();
  await runtime.stop();
}
