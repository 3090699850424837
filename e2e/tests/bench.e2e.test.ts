import { expect, test } from 'vitest';
import { gather, type Row } from '../bench/row.ts';

test('a benchmark that fails is named, and costs the others nothing', () => {
  const row = (name: string): Row => ({ name, value: 1, unit: 'ms' });
  const { rows, failures } = gather(['first', 'broken', 'last'], (name) => {
    if (name === 'broken') throw new Error('no cluster');
    return [row(name)];
  });
  expect(rows).toEqual([row('first'), row('last')]);
  expect(failures).toEqual([{ name: 'broken', failure: 'no cluster' }]);
});
