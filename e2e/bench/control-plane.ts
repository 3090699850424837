import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hand, type Row } from './row.ts';

// The controller under load. Its load program is Java: operator/src/test, package bench.

const NOTE =
  'An API server of its own, with its etcd on this disk and synced; no kubelet, scheduler or garbage collector: ' +
  "the load program says at once of pods that they are ready or over, and answers for all runtimes. 'Refilled': " +
  'so is the pool of idle pods, in the same time.';

const operator = path.resolve(import.meta.dirname, '../../operator');
const classpath = [
  'target/test-classes',
  'target/classes',
  readFileSync(`${operator}/target/load-program.classpath`, 'utf8').trim(),
].join(':');

const output = execFileSync(
  `${process.env['JAVA_HOME']}/bin/java`,
  ['-XX:+UseSerialGC', '-cp', classpath, 'dev.vitrine.operator.bench.ControlPlaneBench'],
  { cwd: operator, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 590_000 },
);
const rows = JSON.parse(output.trim().split('\n').at(-1)!) as Row[];
hand(rows.map((row) => ({ ...row, note: NOTE })));
