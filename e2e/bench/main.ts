import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { LOAD_PROGRAM_MINUTES } from './load-program.ts';
import { gather, print, save, type Row } from './row.ts';

// The table of figures. Each benchmark is a program of its own, because some need a network of their own.

const here = import.meta.dirname;
const tsx = ['npx', 'tsx'];
const inNamespaces = [path.join(here, '../netns'), ...tsx];

interface Benchmark {
  readonly command: string[];
  /** It is ended then. */
  readonly minutes: number;
}

/** Longer than the load program's own limit, which ends all of its processes. */
const ofLoadProgram = { command: tsx, minutes: LOAD_PROGRAM_MINUTES + 1 };

const benchmarks: Record<string, Benchmark> = {
  'glass-to-glass': { command: inNamespaces, minutes: 10 },
  'first-picture': { command: tsx, minutes: 20 },
  'cold-start': { command: tsx, minutes: 10 },
  footprint: { command: tsx, minutes: 10 },
  'frames-while-killed': { command: tsx, minutes: 10 },
  'control-plane': ofLoadProgram,
  availability: ofLoadProgram,
};

const only = process.argv.slice(2);
for (const name of only) {
  if (!(name in benchmarks)) {
    console.error(
      `error: there is no benchmark '${name}'; there are: ${Object.keys(benchmarks).join(', ')}`,
    );
    process.exit(2);
  }
}

const names = Object.keys(benchmarks).filter((name) => only.length === 0 || only.includes(name));
const { rows, failures } = gather(names, measure);
print(rows, failures);
save(rows, failures);
process.exitCode = failures.length > 0 ? 1 : 0;

function measure(name: string): Row[] {
  console.error(`measuring ${name}`);
  const { command: program, minutes } = benchmarks[name]!;
  const [command, ...args] = program;
  const output = execFileSync(command!, [...args, path.join(here, `${name}.ts`)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: minutes * 60_000,
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Row[];
}
