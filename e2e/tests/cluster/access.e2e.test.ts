import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { Cluster, condition, until } from '../../src/cluster.ts';
import { look, waitUntilPlaying } from '../../src/viewer.ts';

const repo = path.resolve(import.meta.dirname, '../../..');
const cluster = new Cluster();

/** Answers every datagram on the port that runtimes have for media. */
const ECHO = `
import socket
echo = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
echo.bind(('', 47998))
while True:
    data, sender = echo.recvfrom(64)
    echo.sendto(data, sender)
`;

const CONNECT = `
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), 3).close()
    print('yes')
except OSError:
    print('no')
`;

const ASK = `
import socket, sys
asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asker.settimeout(3)
try:
    asker.sendto(b'are you there', (sys.argv[1], 47998))
    asker.recv(64)
    print('yes')
except OSError:
    print('no')
`;

const GATEWAY = 'vitrine-gateway.vitrine-system.svc';
const API_SERVER = 'kubernetes.default.svc';

describe('which pods reach which', () => {
  const sessions = ['apart-1', 'apart-2'];
  const pods: string[] = [];

  beforeAll(async () => {
    cluster.apply([...sessions.map(session), outsider()]);
    for (const name of sessions) {
      const ready = await until(`${name} to be ready`, () => {
        const now = cluster.get('streamsession', name);
        return condition(now, 'Ready')?.status === 'True' && now;
      });
      pods.push(ready.status!.podName!);
    }
    await until('the outsider', () => cluster.get('pod', 'outsider')?.status?.phase === 'Running');
    await until('the outsider to answer', () => asks('outsider', 'outsider'));
  });

  afterAll(() => {
    for (const name of sessions) cluster.delete('streamsession', name);
    cluster.delete('pod', 'outsider');
  });

  test('a pod of a session reaches the gateway by its name, and no API server', () => {
    expect(connects(pods[0]!, GATEWAY, 8080)).toBe(true);
    expect(connects('outsider', API_SERVER, 443)).toBe(true);
    expect(connects(pods[0]!, API_SERVER, 443)).toBe(false);
  });

  test('pods of sessions do not reach each other, nor any other pod', () => {
    expect(connects(pods[0]!, addressOf(pods[1]!), 8080)).toBe(false);
    expect(connects(pods[1]!, addressOf(pods[0]!), 9090)).toBe(false);
    expect(asks(pods[0]!, 'outsider')).toBe(false);
  });

  test('another pod of the namespace does not reach them, and the gateway does', async () => {
    expect(connects('outsider', GATEWAY, 8080)).toBe(true);
    expect(connects('outsider', addressOf(pods[0]!), 8080)).toBe(false);
    expect(connects('outsider', addressOf(pods[0]!), 9090)).toBe(false);
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, cluster.get('streamingapp', 'usd-viewer')!.status!.url!);
      await waitUntilPlaying(page, 90);
      expect((await look(page)).contrast).toBeGreaterThan(5);
    } finally {
      await browser.close();
    }
  });

  test('a policy that somebody opened is closed again', async () => {
    const opened = JSON.stringify({ spec: { egress: [{}] } });
    cluster.kubectl('patch', 'networkpolicy', 'vitrine-usd-viewer', '--type=merge', '-p', opened);
    await until('the policy as it was', () => {
      const { egress } = cluster.get('networkpolicy', 'vitrine-usd-viewer')!.spec;
      return (egress as unknown[]).length === 2;
    });
    await until('the way to be closed', () => !connects(pods[0]!, API_SERVER, 443));
  });
});

describe('what the roles give', () => {
  const ROLES = ['view', 'edit', 'admin', 'vitrine-viewer'] as const;
  type Role = (typeof ROLES)[number];

  beforeAll(async () => {
    cluster.apply(ROLES.map(binding));
    for (const role of ROLES) {
      await until(`${role} to be in force`, () => may(role, 'list', 'streamingapps'));
    }
  });

  afterAll(() => {
    for (const role of ROLES) cluster.delete('rolebinding', `e2e-${role}`);
  });

  test.each<[Role, string, string, boolean]>([
    ['view', 'list', 'streamsessions', true],
    ['view', 'create', 'streamingapps', false],
    ['view', 'create', 'streamsessions/connect', false],
    ['edit', 'list', 'streamsessions', true],
    ['edit', 'create', 'streamingapps', true],
    ['edit', 'delete', 'streamsessions', true],
    ['edit', 'create', 'streamsessions/connect', true],
    ['edit', 'create', 'streamsessions/priority', false],
    ['admin', 'create', 'streamingapps', true],
    ['admin', 'create', 'streamsessions/priority', true],
    ['admin', 'create', 'streamsessions/user', false],
    ['vitrine-viewer', 'create', 'streamsessions', true],
    ['vitrine-viewer', 'create', 'streamsessions/connect', true],
    ['vitrine-viewer', 'get', 'streamsessions', false],
    ['vitrine-viewer', 'delete', 'streamsessions', false],
  ])('%s: %s %s is %s', (role, verb, resource, allowed) => {
    expect(may(role, verb, resource)).toBe(allowed);
  });

  function binding(role: Role): object {
    const apiGroup = 'rbac.authorization.k8s.io';
    return {
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata: { name: `e2e-${role}`, namespace: 'default' },
      roleRef: { apiGroup, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup, kind: 'Group', name: `holders-of-${role}` }],
    };
  }

  function may(role: Role, verb: string, resource: string): boolean {
    const [kind, subresource] = resource.split('/');
    const what = [
      verb,
      `${kind}.vitrine.dev`,
      ...(subresource ? [`--subresource=${subresource}`] : []),
    ];
    const who = ['--as=somebody', `--as-group=holders-of-${role}`];
    try {
      cluster.kubectl('auth', 'can-i', ...what, ...who);
      return true;
    } catch (refused) {
      const { stdout } = refused as { stdout?: string };
      if (stdout?.startsWith('no')) return false;
      throw refused;
    }
  }
});

function session(name: string): object {
  return {
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamSession',
    metadata: { name, namespace: 'default' },
    spec: { app: 'usd-viewer' },
  };
}

/** A pod that is none of ours; its image has a Python. */
function outsider(): object {
  const image = readFileSync(`${repo}/target/image/runtime.ref`, 'utf8').trim();
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'outsider', namespace: 'default' },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'runtime', image, command: ['python3', '-c', ECHO] }],
    },
  };
}

/** Whether a program in the pod gets a TCP connection. */
function connects(pod: string, host: string, port: number): boolean {
  return inPod(pod, CONNECT, host, String(port));
}

/** Whether a program in the pod gets an answer by UDP from another one. */
function asks(pod: string, other: string): boolean {
  return inPod(pod, ASK, addressOf(other));
}

function inPod(pod: string, program: string, ...args: string[]): boolean {
  const command = ['python3', '-c', program, ...args];
  return cluster.kubectl('exec', pod, '-c', 'runtime', '--', ...command).trim() === 'yes';
}

function addressOf(pod: string): string {
  return cluster.get('pod', pod)!.status!.podIP!;
}
