import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { appJar, javaCommand } from '../src/local-runtime.ts';
import { hand, quantile, round, type Row } from './row.ts';

// How long a runtime takes from its process's start until a viewer would see the stage, with the JVM's settings of the
// image: with nothing kept of earlier starts, with the shaders that the driver compiled, and with the scene as well.

const RUNS = 5;
const LONGEST_MILLIS = 60_000;

const repo = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'cold-start-'));
const jvm = [
  ...readFileSync(path.join(repo, 'runtime-image/java.options'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('-') && !line.includes('/opt/vitrine')),
  `-Dvitrine.home=${repo}`,
];
const classes = path.join(folder, 'runtime.aot');
const shaders = { MESA_SHADER_CACHE_DIR: path.join(folder, 'shaders') };
const scenes = { VITRINE_CACHE: folder };

try {
  const program = ['-jar', appJar, '--local', '--port', '0'];
  execFileSync(javaCommand(), [...jvm, `-XX:AOTCacheOutput=${classes}`, ...program, '--rehearse'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: LONGEST_MILLIS,
  });
  const start = (kept: Record<string, string>): Promise<number> =>
    untilReady([...jvm, `-XX:AOTCache=${classes}`, ...program], kept);
  const anew = await repeat(() => {
    rmSync(shaders.MESA_SHADER_CACHE_DIR, { recursive: true, force: true });
    return start(shaders);
  });
  const compiled = await repeat(() => start(shaders));
  const composed = await repeat(() => start({ ...shaders, ...scenes }));
  hand([
    row('nothing kept', anew),
    { ...row('shaders kept', compiled), ...bar(compiled, 2000) },
    row('shaders and scene kept', composed),
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function repeat(run: () => Promise<number>): Promise<number> {
  const millis: number[] = [];
  for (let i = 0; i < RUNS; i++) millis.push(await run());
  return round(quantile(millis, 0.5), 0);
}

/** The runtime says its address once there is something to see. */
async function untilReady(args: string[], kept: Record<string, string>): Promise<number> {
  const started = performance.now();
  const runtime = spawn(javaCommand(), args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LONGEST_MILLIS,
    env: { ...process.env, ...kept },
  });
  const ended = once(runtime, 'exit');
  const ready = await Promise.race([once(runtime.stdout, 'data').then(() => true), ended]);
  const millis = performance.now() - started;
  if (ready !== true) throw new Error('the runtime did not start');
  runtime.kill('SIGTERM');
  await ended;
  return millis;
}

function row(what: string, value: number): Row {
  return {
    name: `process start → ready with the stage, ${what}, median of ${RUNS}`,
    value,
    unit: 'ms',
  };
}

function bar(value: number, most: number): Partial<Row> {
  return { bar: `≤ ${most} ms`, holds: value <= most };
}
