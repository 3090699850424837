import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { vitrineCommand } from './vitrine-command.ts';
import { commandOf, treeOf } from './processes.ts';

const repo = path.resolve(import.meta.dirname, '../..');

/** The runtime as it is packaged. */
export const appJar = path.join(repo, 'runtime-image/app/target/vitrine-app.jar');

/** The runtime says goodbye to its viewer first; milliseconds. */
const STOP_LIMIT = 30_000;

/** A runtime in local mode, as `make run` starts it, in the namespace of the server. */
export class LocalRuntime {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    readonly stdout: () => string,
    readonly stderr: () => string,
  ) {}

  /** The page's address as the browser's namespace reaches it. */
  get url(): string {
    return `http://${serverAddress()}:${this.port}/`;
  }

  static async start(
    port: number,
    args: string[] = [],
    environment: Record<string, string> = {},
  ): Promise<LocalRuntime> {
    const java = ['-XX:+UseSerialGC', `-Dvitrine.home=${repo}`, '-jar', appJar];
    const options = ['--local', '--port', String(port), '--public-address', serverAddress()];
    return LocalRuntime.#launch(port, [javaCommand(), ...java, ...options, ...args], environment);
  }

  /** As `vitrine run` starts it. */
  static async ofProject(port: number, folder: string): Promise<LocalRuntime> {
    const options = ['--port', String(port), '--public-address', serverAddress()];
    return LocalRuntime.#launch(port, [vitrineCommand, 'run', ...options, folder]);
  }

  static async #launch(
    port: number,
    command: string[],
    environment: Record<string, string> = {},
  ): Promise<LocalRuntime> {
    const child = spawn('ip', ['netns', 'exec', required('VITRINE_SERVER_NETNS'), ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data));
    child.stderr.on('data', (data: Buffer) => (stderr += data));
    const runtime = new LocalRuntime(
      child,
      port,
      () => stdout,
      () => stderr,
    );
    const deadline = Date.now() + 60_000;
    while (!stdout.includes('\n')) {
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill();
        throw new Error(`the runtime did not start: ${stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return runtime;
  }

  /** The id of the process that was started; `ip netns exec` becomes the runtime. */
  get pid(): number {
    return this.process.pid!;
  }

  /** The id of the stage process. */
  stagePid(): number {
    const found = treeOf(this.pid).find((pid) => commandOf(pid).includes('vitrine_stage'));
    if (found === undefined) throw new Error('the runtime has no stage process');
    return found;
  }

  /** Ends it; one that does not end in time is killed. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const late = setTimeout(() => this.process.kill('SIGKILL'), STOP_LIMIT);
    await ended;
    clearTimeout(late);
  }
}

export function serverAddress(): string {
  return required('VITRINE_SERVER_ADDRESS');
}

/** The address of the browser's namespace. */
export function viewerAddress(): string {
  return required('VITRINE_VIEWER_ADDRESS');
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run these tests by e2e/netns`);
  return value;
}

/** The Java to run it with. */
export function javaCommand(): string {
  const home = process.env['JAVA_HOME'];
  return home && existsSync(`${home}/bin/java`) ? `${home}/bin/java` : 'java';
}
