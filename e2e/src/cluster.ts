import { execFile, execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const repo = path.resolve(import.meta.dirname, '../..');

export interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

/** A resource of the cluster, as far as these tests read it. */
export interface Resource {
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    labels?: Record<string, string>;
    deletionTimestamp?: string;
  };
  spec: Record<string, unknown>;
  status?: {
    url?: string;
    podName?: string;
    podIP?: string;
    nodeName?: string;
    currentHealthy?: number;
    desiredNumberScheduled?: number;
    numberReady?: number;
    phase?: string;
    imageDigest?: string;
    revisions?: { name: string; version?: string; percent: number }[];
    conditions?: Condition[];
    containerStatuses?: { restartCount: number }[];
    timeline?: Record<string, string>;
    connection?: Record<string, unknown>;
  };
}

/** The cluster that `make up` has brought up, by its own kubectl. */
export class Cluster {
  readonly #kubectl = make('kubectl');
  readonly #environment = { ...process.env, KUBECONFIG: make('kubeconfig') };

  /** What kubectl prints; throws with its words when it fails. */
  kubectl(...args: string[]): string {
    return execFileSync(this.#kubectl, args, {
      env: this.#environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** What kubectl prints on both of its outputs, for what takes a while; it is ended after a limit. */
  async start(seconds: number, ...args: string[]): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)(this.#kubectl, args, {
      env: this.#environment,
      timeout: seconds * 1000,
    });
    return stdout + stderr;
  }

  /** For programs that call kubectl themselves. */
  environment(): NodeJS.ProcessEnv {
    return { ...this.#environment, PATH: `${path.dirname(this.#kubectl)}:${process.env['PATH']}` };
  }

  /** Host and port of the registry that it pulls from. */
  registry(): string {
    return make('registry');
  }

  /** Takes resources, or the text of a file of them. */
  apply(manifest: object | object[] | string): void {
    const items = Array.isArray(manifest) ? manifest : [manifest];
    const text =
      typeof manifest === 'string'
        ? manifest
        : JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const { status, stderr } = spawnSync(this.#kubectl, ['apply', '-f', '-'], {
      env: this.#environment,
      input: text,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }

  get(kind: string, name: string, namespace = 'default'): Resource | undefined {
    const json = this.kubectl(
      'get',
      kind,
      name,
      '-n',
      namespace,
      '-o',
      'json',
      '--ignore-not-found',
    );
    return json === '' ? undefined : (JSON.parse(json) as Resource);
  }

  list(kind: string, namespace = 'default', selector = ''): Resource[] {
    const json = this.kubectl('get', kind, '-n', namespace, '-l', selector, '-o', 'json');
    return (JSON.parse(json) as { items: Resource[] }).items;
  }

  delete(kind: string, name: string, namespace = 'default'): void {
    this.kubectl('delete', kind, name, '-n', namespace, '--ignore-not-found', '--wait=false');
  }
}

export function condition(resource: Resource | undefined, type: string): Condition | undefined {
  return resource?.status?.conditions?.find((candidate) => candidate.type === type);
}

/** Asks again until the answer is there; when it never is, says so, and what was seen instead. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false,
  seconds = 60,
  seen?: () => unknown,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = ask();
    if (answer) return answer;
    if (Date.now() > deadline) {
      const instead = seen ? `; seen: ${JSON.stringify(seen())}` : '';
      throw new Error(`${what}: not within ${seconds} s${instead}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function make(target: string): string {
  return execFileSync('make', ['-s', target], { cwd: repo, encoding: 'utf8' }).trim();
}
