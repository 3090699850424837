import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One figure, beside a peer's from the same run where there is one, and the bar it must hold. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  peer?: string;
  peerValue?: number;
  bar?: string;
  holds?: boolean;
  /** What is not as in production; rows of one benchmark share it. */
  note?: string;
}

/** A benchmark that gave no rows. */
export interface Failure {
  name: string;
  failure: string;
}

/** What each benchmark gives; one that fails costs the others nothing. */
export function gather(
  names: string[],
  measure: (name: string) => Row[],
): { rows: Row[]; failures: Failure[] } {
  const rows: Row[] = [];
  const failures: Failure[] = [];
  for (const name of names) {
    try {
      rows.push(...measure(name));
    } catch (error) {
      failures.push({ name, failure: (error as Error).message.trim() });
    }
  }
  return { rows, failures };
}

const file = path.resolve(import.meta.dirname, '../target/bench.json');

export function print(rows: Row[], failures: Failure[]): void {
  const notes = [...new Set(rows.flatMap(({ note }) => note ?? []))];
  const cells = rows.map(({ name, value, unit, peer, peerValue, bar, holds, note }) => [
    note === undefined ? name : `${name} [${notes.indexOf(note) + 1}]`,
    `${value} ${unit}`,
    peer === undefined ? '' : `${peer} ${peerValue} ${unit}`,
    bar ?? '',
    holds === undefined ? '' : holds ? 'holds' : 'FAILS',
  ]);
  const header = ['name', 'value', 'peer', 'bar', ''];
  const widths = header.map((_, i) => Math.max(...[header, ...cells].map((row) => row[i]!.length)));
  for (const row of [header, ...cells]) {
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    );
  }
  notes.forEach((note, i) => console.log(`[${i + 1}] ${note}`));
  const barred = rows.filter(({ holds }) => holds !== undefined);
  const failed = barred.filter(({ holds }) => !holds);
  console.log(`${failed.length} of ${barred.length} bars do not hold`);
  for (const { name, failure } of failures) console.log(`benchmark ${name} FAILED: ${failure}`);
}

export function save(rows: Row[], failures: Failure[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify([...rows, ...failures], undefined, 1) + '\n');
}

/** A benchmark program's last line of output; `main.ts` reads it. */
export function hand(rows: Row[]): void {
  console.log(JSON.stringify(rows));
}

/** The value below which a share of the values lies; p from 0 to 1. */
export function quantile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? NaN;
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
