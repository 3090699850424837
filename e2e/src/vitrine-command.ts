import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** The command as `make cli` puts it together. */
export const vitrineCommand = path.resolve(
  import.meta.dirname,
  '../../cli/target/vitrine/bin/vitrine',
);

/** How a call of the command ended. */
export interface Ran {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Calls the command and waits for its end, `seconds` at most. */
export async function vitrine(
  args: string[],
  {
    folder = '.',
    environment = process.env,
    seconds = 60,
    command = vitrineCommand,
  }: {
    folder?: string;
    environment?: NodeJS.ProcessEnv;
    seconds?: number;
    command?: string;
  } = {},
): Promise<Ran> {
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1000,
  });
  const ran: Ran = { exitCode: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (ran.stdout += data));
  child.stderr.on('data', (data: Buffer) => (ran.stderr += data));
  [ran.exitCode] = (await once(child, 'close')) as [number | null];
  return ran;
}
