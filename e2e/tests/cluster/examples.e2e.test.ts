import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cluster } from '../../src/sessions.ts';

const repo = path.resolve(import.meta.dirname, '../../..');

test('every example is taken by the API server as it is written', () => {
  const files = execFileSync('git', ['ls-files', 'examples/*.yaml'], {
    cwd: repo,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  expect(files.length).toBeGreaterThan(2);
  for (const file of files)
    cluster.kubectl('apply', '--dry-run=server', '-f', path.join(repo, file));
});
