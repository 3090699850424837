import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { condition, until } from '../../src/cluster.ts';
import { retagged } from '../../src/images.ts';
import {
  app,
  beginToWatch,
  cluster,
  end,
  podOf,
  readyApp,
  readySession,
  session,
  streamClass,
} from '../../src/sessions.ts';

const repo = path.resolve(import.meta.dirname, '../../..');
const PREPARED = 'vitrine.dev/app=prepared-viewer';

describe('nodes', () => {
  test('a viewer whose pod is told to stop is warned, and may stay for a while', async () => {
    await readyApp('drained', { lifetimes: { warningSeconds: 8 } });
    const { browser, page, name } = await beginToWatch('drained');
    try {
      cluster.kubectl('delete', 'pod', await podOf(name), '--wait=false');
      await page.waitForSelector('#warning', { visible: true, timeout: 10_000 });
      await page.waitForSelector('html[data-state="ended"]', { timeout: 30_000 });
      expect((await end(name)).reason).toBe('NodeDrained');
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'drained');
    }
  });

  test('a node that is drained waits for its viewers, who are warned and may start again', async () => {
    cluster.apply(streamClass('serviced', { lifetimes: { drainSeconds: 12 } }));
    await readyApp('serviced', { classes: ['serviced'], lifetimes: { warningSeconds: 8 } });
    const { browser, page, name } = await beginToWatch('serviced');
    let node = '';
    let drained: Promise<string> | undefined;
    try {
      const pod = await podOf(name);
      node = String(cluster.get('pod', pod)!.spec['nodeName']);
      await until('the budget to count the viewer', () => {
        const budget = cluster.get('poddisruptionbudget', 'vitrine-serviced');
        return budget?.status?.currentHealthy === 1;
      });

      const selector = '--pod-selector=vitrine.dev/app=serviced';
      drained = cluster.start(90, 'drain', node, selector, '--delete-emptydir-data');
      const draining = await until('the word of the controller', () => {
        const ready = condition(cluster.get('streamsession', name), 'Ready');
        return ready?.reason === 'Draining' && ready;
      });
      expect(draining.message).toContain(`node ${node} is cordoned, so the session ends at`);
      expect(cluster.get('pod', pod)?.metadata.deletionTimestamp).toBeUndefined();

      const warning = await page.waitForSelector('#warning', { visible: true, timeout: 30_000 });
      expect(await warning!.evaluate((told) => told.textContent)).toMatch(/serviced.*0:0\d/s);
      expect(await page.$eval('#stay', (button) => (button as HTMLElement).hidden)).toBe(true);
      await page.waitForSelector('html[data-state="ended"]', { timeout: 30_000 });
      expect(await page.$eval('#again', (button) => button.textContent)).toBe('Start again');
      expect((await end(name)).reason).toBe('NodeDrained');
      const said = await drained;
      expect(said).toContain('disruption budget');
      expect(said).toContain(`node/${node} drained`);
    } finally {
      await drained?.catch(() => undefined);
      if (node) cluster.kubectl('uncordon', node);
      await browser.close();
      cluster.delete('streamingapp', 'serviced');
      cluster.delete('streamclass', 'serviced');
    }
  }, 240_000);

  test('a pod that is ended before its viewer was warned for long enough was drained all the same', async () => {
    await readyApp('hurried', { lifetimes: { warningSeconds: 30 } });
    const { browser, page, name } = await beginToWatch('hurried');
    try {
      cluster.kubectl('delete', 'pod', await podOf(name), '--grace-period=3', '--wait=false');
      await page.waitForSelector('#warning', { visible: true, timeout: 10_000 });
      expect((await end(name)).reason).toBe('NodeDrained');
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'hurried');
    }
  }, 240_000);

  test('a pod that is deleted while it starts ends its session in order', async () => {
    await readyApp('unborn', {});
    cluster.apply(session('unborn-1', 'unborn'));
    const pod = await podOf('unborn-1');
    await until('a container', () => cluster.get('pod', pod)?.status?.phase === 'Running');
    cluster.kubectl('delete', 'pod', pod, '--wait=false');
    expect((await end('unborn-1')).reason).toBe('NodeDrained');
    await until('the end of the pod', () => cluster.get('pod', pod) === undefined);
    cluster.delete('streamingapp', 'unborn');
  }, 240_000);

  test('a class that asks for a GPU waits for one, in the words of the scheduler', async () => {
    cluster.apply(
      streamClass('test-gpu', { resources: { gpu: { resourceName: 'nvidia.com/gpu', count: 1 } } }),
    );
    cluster.apply(app('gpu', { classes: ['test-gpu'] }));
    cluster.apply(session('gpu-1', 'gpu'));
    const waiting = await until('the word of the scheduler', () => {
      const ready = condition(cluster.get('streamsession', 'gpu-1'), 'Ready');
      return ready?.reason === 'Unschedulable' && ready;
    });
    expect(waiting.message).toContain('nvidia.com/gpu');
    execFileSync(`${repo}/deploy/cluster/cluster`, ['gpus', '1'], { stdio: 'ignore' });
    await until('a pod on the node', () => cluster.get('streamsession', 'gpu-1')?.status?.nodeName);
    execFileSync(`${repo}/deploy/cluster/cluster`, ['gpus', '0'], { stdio: 'ignore' });
    cluster.delete('streamingapp', 'gpu');
    cluster.delete('streamclass', 'test-gpu');
  });

  test('a prepared node has the image and the scene before a cold pod asks for them', async () => {
    const folder = '/var/tmp/vitrine-e2e';
    await onNode(`mkdir -p -m 1777 ${folder}`);
    const image = await retagged(`prepared-${Date.now()}`);
    const example = readFileSync(`${repo}/examples/prepared-nodes.yaml`, 'utf8');
    try {
      cluster.apply(
        `${example.replaceAll('/var/cache/vitrine', folder).trimEnd()}
  image: ${image}
  rollout:
    verification:
      mode: None
`,
      );
      await until('a container on every node', () => {
        const { status } = cluster.list('daemonsets', 'default', PREPARED)[0] ?? {};
        const nodes = cluster.list('nodes').length;
        return status?.desiredNumberScheduled === nodes && status.numberReady === nodes;
      });
      expect(cluster.list('pods', 'default', PREPARED)).toEqual([]);

      const first = await coldPod('prepared-1');
      expect(eventsOf(first)).toContainEqual(
        expect.stringContaining(`Pulled: Container image "${image}" already present on machine`),
      );
      expect(eventsOf(first).filter((event) => event.startsWith('Pulling'))).toEqual([]);
      const kept = await until('the scene to be kept', () => sceneIn(first));

      const second = await coldPod('prepared-2');
      const used = await until('the scene to be used', () => {
        const scene = sceneIn(second);
        return scene?.usedAt !== kept.usedAt && scene;
      });
      expect(used).toEqual({ inode: kept.inode, usedAt: expect.any(String) });
    } finally {
      cluster.delete('streamingapp', 'prepared-viewer');
      cluster.delete('persistentvolumeclaim', 'stream-cache');
      cluster.delete('persistentvolume', 'stream-cache-default');
      cluster.delete('streamclass', 'cpu-prepared');
      await until('the volume to go', () => {
        return !cluster.get('persistentvolume', 'stream-cache-default');
      });
      await onNode(`rm -rf ${folder}`);
    }
  }, 240_000);

  async function coldPod(name: string): Promise<string> {
    cluster.apply(session(name, 'prepared-viewer'));
    return (await readySession(name, 90)).status!.podName!;
  }

  function eventsOf(pod: string): string[] {
    const selector = `involvedObject.name=${pod}`;
    const columns = '{range .items[*]}{.reason}: {.message}{"\\n"}{end}';
    return cluster
      .kubectl('get', 'events', `--field-selector=${selector}`, `--output=jsonpath=${columns}`)
      .split('\n');
  }

  /** The kept scene, as a session's pod sees it. */
  function sceneIn(pod: string): { inode: string; usedAt: string } | undefined {
    const look = "stat --format='%i %.9Y' /var/cache/vitrine/scenes/scene-???????? || true";
    const [inode, usedAt] = cluster.kubectl('exec', pod, '--', 'sh', '-c', look).trim().split(' ');
    return inode && usedAt ? { inode, usedAt } : undefined;
  }

  /** Does something in the file system of a node, below /var/tmp. */
  async function onNode(command: string): Promise<void> {
    const folder = { name: 'folder', mountPath: '/var/tmp' };
    const container = { name: 'main', image: 'cluster.local/busybox:1', volumeMounts: [folder] };
    cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'on-node', namespace: 'default' },
      spec: {
        restartPolicy: 'Never',
        containers: [{ ...container, command: ['sh', '-c', command] }],
        volumes: [{ name: 'folder', hostPath: { path: '/var/tmp', type: 'Directory' } }],
      },
    });
    await until(
      'the pod to end',
      () => cluster.get('pod', 'on-node')?.status?.phase === 'Succeeded',
    );
    cluster.kubectl('delete', 'pod', 'on-node', '--grace-period=1');
  }
});
