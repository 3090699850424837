import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { print, save, type Row } from './row.ts';

// The table of figures. Each benchmark is a program of its own, because some need a network of their own.

const here = import.meta.dirname;
const tsx = ['npx', 'tsx'];
const inNamespaces = [path.join(here, '../netns'), ...tsx];

const benchmarks: Record<string, string[]> = {
  'glass-to-glass': inNamespaces,
  'first-picture': tsx,
  'cold-start': tsx,
  footprint: tsx,
  'control-plane': tsx,
  availability: tsx,
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

const rows: Row[] = [];
for (const [name, [command, ...args]] of Object.entries(benchmarks)) {
  if (only.length > 0 && !only.includes(name)) continue;
  console.error(`measuring ${name}`);
  const output = execFileSync(command!, [...args, path.join(here, `${name}.ts`)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 600_000,
  });
  rows.push(...(JSON.parse(output.trim().split('\n').at(-1)!) as Row[]));
}
print(rows);
save(rows);
