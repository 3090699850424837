import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appJar, javaCommand } from './local-runtime.ts';

/** What became of a watcher. */
export interface Watched {
  readonly exitCode: number | null;
  /** The verdict, as it stands in the first line of standard output. */
  readonly verdict: {
    readonly decoded?: {
      readonly width: number;
      readonly height: number;
      readonly milliseconds: number;
    };
    readonly failed?: string;
  };
  /** All that it wrote anywhere. */
  readonly output: string;
  readonly seconds: number;
}

/** Runs a viewer without a browser in this namespace, the browsers', until it ends. */
export async function watch(
  args: string[],
  environment: Record<string, string> = {},
): Promise<Watched> {
  const begin = performance.now();
  const child = spawn(javaCommand(), ['-XX:+UseSerialGC', '-jar', appJar, '--watch', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data));
  child.stderr.on('data', (data: Buffer) => (stderr += data));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  const output = stdout + stderr;
  try {
    const verdict = JSON.parse(stdout.split('\n')[0] ?? '') as Watched['verdict'];
    return { exitCode, verdict, output, seconds: (performance.now() - begin) / 1000 };
  } catch {
    throw new Error(`the watcher left no verdict: ${output}`);
  }
}
