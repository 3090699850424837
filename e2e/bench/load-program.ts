import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Row } from './row.ts';

const repo = path.resolve(import.meta.dirname, '../..');
const operator = `${repo}/operator`;

/** How long a load program may take, on a slow machine, too. */
export const LOAD_PROGRAM_MINUTES = 45;

/** Runs a load program of the operator's tests (package bench): its last line is its rows. */
export function loadProgram(name: string): Row[] {
  const classpath = [
    'target/test-classes',
    'target/classes',
    readFileSync(`${operator}/target/load-program.classpath`, 'utf8').trim(),
  ].join(':');
  const output = execFileSync(
    `${process.env['JAVA_HOME']}/bin/java`,
    ['-XX:+UseSerialGC', '-cp', classpath, `dev.vitrine.operator.bench.${name}`],
    {
      cwd: operator,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: LOAD_PROGRAM_MINUTES * 60_000,
      // Controllers and gateways are started as their image does.
      env: { ...process.env, VITRINE_OPERATOR_ROOT: `${repo}/target/image/operator-root` },
    },
  );
  return JSON.parse(output.trim().split('\n').at(-1)!) as Row[];
}
