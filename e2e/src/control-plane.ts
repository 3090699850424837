import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { condition, until } from './cluster.ts';
import { allProcesses, commandOf, processesOfPod } from './processes.ts';
import { cluster } from './sessions.ts';

/** Controllers and gateways of an installation whose nodes are this machine. */
export const PARTS = ['controller', 'gateway'] as const;
export type Part = (typeof PARTS)[number];

const NAMESPACE = 'vitrine-system';
const METRICS_PORT = 9090;

/** The names of a part's pods that are ready. */
export function readyPods(part: Part): string[] {
  return cluster
    .list('pods', NAMESPACE, `app.kubernetes.io/name=vitrine-${part}`)
    .filter((pod) => !pod.metadata.deletionTimestamp && condition(pod, 'Ready')?.status === 'True')
    .map(({ metadata }) => metadata.name);
}

export function replicasOf(part: Part): number {
  return Number(cluster.get('deployment', `vitrine-${part}`, NAMESPACE)!.spec['replicas']);
}

/** Returns at once; see {@link untilReady}. */
export function scale(part: Part, replicas: number): void {
  const deployment = `deployment/vitrine-${part}`;
  cluster.kubectl('scale', deployment, '-n', NAMESPACE, `--replicas=${replicas}`);
}

export async function untilReady(part: Part, replicas: number): Promise<void> {
  await until(`${replicas} of vitrine-${part}`, () => readyPods(part).length === replicas, 120);
}

/** The pod of the controller that leads: its name is in the lease. */
export function leader(): string {
  const lease = cluster.get('lease', 'vitrine-controller', NAMESPACE);
  const holder = lease?.spec['holderIdentity'];
  if (!holder) throw new Error('nobody holds the lease vitrine-controller');
  return String(holder);
}

/** The gateway that browsers' signalling sockets are open to, by its own metric. */
export function gatewayWithSocket(): string | undefined {
  return readyPods('gateway').find((pod) => {
    const metrics = `/api/v1/namespaces/${NAMESPACE}/pods/${pod}:${METRICS_PORT}/proxy/metrics`;
    const [, sockets] = /^vitrine_signal_sockets(?:\{.*\})? (\S+)/m.exec(
      cluster.kubectl('get', '--raw', metrics),
    ) ?? [, '0'];
    return Number(sockets) > 0;
  });
}

/** Ends pods as a node that dies does: nobody is told before. Others come in their place. */
export function kill(...pods: string[]): void {
  // The processes first: a pod that is deleted by force is still told to stop.
  for (const pid of pods.flatMap(processesOfPod)) process.kill(pid, 'SIGKILL');
  for (const pod of pods) {
    cluster.kubectl('delete', 'pod', pod, '-n', NAMESPACE, '--force', '--wait=false');
  }
}

/** The image that a part runs. */
export function imageOfPart(part: Part): string {
  const { template } = cluster.get('deployment', `vitrine-${part}`, NAMESPACE)!.spec as {
    template: { spec: { containers: { image: string }[] } };
  };
  return template.spec.containers[0]!.image;
}

/** Rolls another image out, with another environment; returns at once, see {@link rolledOut}. */
export function rollOut(part: Part, image: string): void {
  const env = [{ name: 'VITRINE_E2E_RELEASE', value: image }];
  const spec = { template: { spec: { containers: [{ name: part, image, env }] } } };
  const patch = JSON.stringify({ spec });
  cluster.kubectl('patch', `deployment/vitrine-${part}`, '-n', NAMESPACE, '-p', patch);
}

/** Goes back to what ran before; returns at once. */
export function rollBack(part: Part): void {
  cluster.kubectl('rollout', 'undo', `deployment/vitrine-${part}`, '-n', NAMESPACE);
}

export async function rolledOut(part: Part): Promise<void> {
  await cluster.start(
    120,
    'rollout',
    'status',
    `deployment/vitrine-${part}`,
    '-n',
    NAMESPACE,
    '--timeout=110s',
  );
}

/** For so long the API server answers nobody; then it goes on where it was. */
export async function freezeApiServer(seconds: number): Promise<void> {
  const server = '--output=jsonpath={.clusters[0].cluster.server}';
  const { port } = new URL(cluster.kubectl('config', 'view', '--minify', server));
  const pid = allProcesses().find((candidate) => {
    const [program, ...flags] = commandOf(candidate).split(' ');
    return program!.endsWith('/kube-apiserver') && flags.includes(`--secure-port=${port}`);
  });
  if (!pid) throw new Error('the API server of the cluster is not on this machine');
  // A process of its own lets it go on, even where this one is ended meanwhile.
  const script = `kill -STOP ${pid}; sleep ${seconds}; kill -CONT ${pid}`;
  await once(spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' }), 'exit');
}
