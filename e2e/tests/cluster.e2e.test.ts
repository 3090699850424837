import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { Cluster, condition, until, type Condition, type Resource } from '../src/cluster.ts';
import {
  drag,
  look,
  settled,
  waitForChange,
  waitForLikeness,
  waitForState,
  waitUntilPlaying,
} from '../src/viewer.ts';

const repo = path.resolve(import.meta.dirname, '../..');
const cluster = new Cluster();

/** What the codec does to a picture that stands still, and what a turn of the camera does. */
const STILL = 0.35;
const TURNED = 1.5;

function link(app = 'usd-viewer'): string {
  const url = cluster.get('streamingapp', app)?.status?.url;
  if (!url) throw new Error(`the StreamingApp ${app} has no status.url`);
  return url;
}

/** The session that has come into being since the names were listed. */
function newSession(before: Set<string>): Resource | undefined {
  return cluster.list('streamsessions').find(({ metadata }) => !before.has(metadata.name));
}

function sessionNames(): Set<string> {
  return new Set(cluster.list('streamsessions').map(({ metadata }) => metadata.name));
}

describe('the first picture', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch('chrome');
  });

  afterAll(async () => {
    await browser?.close();
  });

  test('the link shows the stage, it turns when dragged, and leaving ends the session and its pod', async () => {
    const before = sessionNames();
    const page = await openPage(browser, link());
    await waitUntilPlaying(page, 90);
    const resting = await look(page);
    expect(resting.contrast).toBeGreaterThan(5);

    mkdirSync(`${repo}/e2e/target`, { recursive: true });
    await page.screenshot({ path: `${repo}/e2e/target/first-picture.png` });

    await drag(page, 250, 60);
    await waitForChange(page, resting, TURNED);
    const turned = await settled(page, STILL);
    await page.mouse.wheel({ deltaY: -400 });
    await waitForChange(page, turned, TURNED);

    const session = await until('a connected session', () => {
      const found = newSession(before);
      return condition(found, 'Connected')?.status === 'True' && found;
    });
    expect(condition(session, 'Ready')?.status).toBe('True');
    const pod = session.status!.podName!;
    expect(cluster.get('pod', pod)?.metadata.labels).toMatchObject({
      'vitrine.dev/app': 'usd-viewer',
      'vitrine.dev/class': 'cpu',
      'vitrine.dev/session': session.metadata.name,
    });
    const timeline = await until('the first frame in the timeline', () => {
      const now = cluster.get('streamsession', session.metadata.name)?.status?.timeline;
      return now?.['firstFrameAt'] ? now : undefined;
    });
    for (const moment of ['requestedAt', 'assignedAt', 'readyAt', 'connectedAt', 'firstFrameAt']) {
      expect(timeline[moment], moment).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    }

    await page.close();
    const ended = await until(
      'the end of the session',
      () => {
        const now = cluster.get('streamsession', session.metadata.name);
        return condition(now, 'Ended')?.status === 'True' && now;
      },
      60,
    );
    expect(condition(ended, 'Ended')?.reason).toBe('ClosedByViewer');
    await until(
      'the end of the pod',
      () => cluster.get('pod', pod) === undefined || phaseOf(pod) === 'Succeeded',
      60,
    );
  }, 240_000);

  function phaseOf(pod: string): string | undefined {
    return cluster.get('pod', pod)?.status?.phase;
  }

  test('Firefox, which brings no H.264 here, is shown the stage by VP8', async () => {
    const before = sessionNames();
    const firefox = await launch('firefox');
    try {
      const page = await openPage(firefox, link());
      await waitUntilPlaying(page, 90);
      expect((await look(page)).contrast).toBeGreaterThan(5);
      const { metadata } = newSession(before)!;
      const codec = await until('the codec in the report', () => {
        return cluster.get('streamsession', metadata.name)?.status?.connection?.['codec'];
      });
      expect(codec).toBe('VP8');
      cluster.delete('streamsession', metadata.name);
    } finally {
      await firefox.close();
    }
  });

  test('kubectl get answers the first question at a glance', () => {
    const table = cluster.kubectl('get', 'streamingapps,streamsessions');
    expect(table).toContain('usd-viewer');
    expect(table).toContain(link());
    expect(table).toContain('ClosedByViewer');
  });
});

describe('the life of a session', () => {
  test('a session that is deleted takes its pod along', async () => {
    cluster.apply(session('deleted-1', 'usd-viewer'));
    const pod = await podOf('deleted-1');
    cluster.delete('streamsession', 'deleted-1');
    await until('the end of the pod', () => cluster.get('pod', pod) === undefined);
  });

  test('a page that is loaded anew goes on where it was, in the same session and pod', async () => {
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link());
      await waitUntilPlaying(page, 90);
      const resting = await look(page);
      await drag(page, 250, 0);
      await waitForChange(page, resting, TURNED);
      const turned = await settled(page, STILL / 2);
      const { name } = newSession(before)!.metadata;
      const pod = await podOf(name);
      await page.reload();
      await waitUntilPlaying(page);
      await waitForLikeness(page, turned, STILL * 2);
      const added = [...sessionNames()].filter((known) => !before.has(known));
      expect(added).toEqual([name]);
      expect(await podOf(name)).toBe(pod);
      expect(condition(cluster.get('streamsession', name), 'Connected')?.status).toBe('True');
      cluster.delete('streamsession', name);
    } finally {
      await browser.close();
    }
  });

  test('a viewer whose app is deleted is warned, and told so', async () => {
    await readyApp('withdrawn', { lifetimes: { warningSeconds: 8 } });
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('withdrawn'));
      await waitUntilPlaying(page, 90);
      const { name } = newSession(before)!.metadata;
      cluster.delete('streamingapp', 'withdrawn');
      await page.waitForSelector('#warning', { visible: true, timeout: 10_000 });
      await page.waitForSelector('html[data-state="ended"]', { timeout: 30_000 });
      const words = await page.$eval('body', (body) => body.innerText);
      expect(words).toContain('The application was removed.');
      expect((await end(name)).reason).toBe('AppDeleted');
      await until('the app to go', () => !cluster.get('streamingapp', 'withdrawn'));
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'withdrawn');
    }
  });

  test('a page that is left while it waits takes its session along', async () => {
    await readyApp('left', {}); // without a warm pod there is something to wait for
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('left'));
      await waitForState(page, 'starting');
      const { metadata } = newSession(before)!;
      await page.goto('about:blank');
      await until('the end', () => cluster.get('streamsession', metadata.name) === undefined);
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'left');
    }
  });

  test('a browser that vanishes leaves a session that ends by itself', async () => {
    const before = sessionNames();
    const browser = await launch('chrome');
    await waitUntilPlaying(await openPage(browser, link()), 90);
    const name = (await until('a session', () => newSession(before))).metadata.name;
    browser.process()!.kill('SIGKILL');
    expect((await end(name, 90)).reason).toBe('ReconnectTimeout');
  });

  test('a viewer who does nothing is warned, may stay by moving the mouse, and is told of the end', async () => {
    await readyApp('brief', { lifetimes: { idleSeconds: 24, warningSeconds: 12 } });
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('brief'));
      await waitUntilPlaying(page, 90);
      const warning = await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      expect(await warning!.evaluate((told) => told.textContent)).toContain('Move the mouse');
      await page.mouse.move(400, 300);
      await page.waitForSelector('#warning', { hidden: true, timeout: 5_000 });
      await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      await page.waitForSelector('html[data-state="ended"]', { timeout: 60_000 });
      const { metadata } = newSession(before)!;
      expect((await end(metadata.name)).reason).toBe('IdleTimeout');
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'brief');
    }
  });

  test('a viewer whose time is up may stay longer, as far as the class allows, and no further', async () => {
    cluster.apply({
      apiVersion: 'vitrine.dev/v1alpha1',
      kind: 'StreamClass',
      metadata: { name: 'extendable' },
      spec: {
        namespaces: { from: 'All' },
        resources: { cpu: { request: '200m' }, memory: { request: '512Mi', limit: '4Gi' } },
        lifetimes: { maxSeconds: 80, extensionSeconds: 600 },
      },
    });
    const lifetimes = { maxSeconds: 50, warningSeconds: 20 };
    await readyApp('extended', { classes: ['extendable'], lifetimes });
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('extended'));
      await waitUntilPlaying(page, 90);
      const { name } = newSession(before)!.metadata;
      const endsAt = () => {
        const said = cluster.get('streamsession', name)?.status?.connection?.['endsAt'];
        return said === undefined ? undefined : Date.parse(String(said));
      };
      const planned = await until('the end in the report', endsAt);
      const stay = await page.waitForSelector('#stay', { visible: true, timeout: 60_000 });
      await stay!.click();
      await page.waitForSelector('#warning', { hidden: true, timeout: 5_000 });
      await until('the new end in the report', () => endsAt() === planned + 30_000);
      await page.waitForSelector('#warning', { visible: true, timeout: 60_000 });
      expect(await page.$eval('#stay', (button) => (button as HTMLElement).hidden)).toBe(true);
      await page.waitForSelector('html[data-state="ended"]', { timeout: 60_000 });
      expect((await end(name)).reason).toBe('MaxDuration');
    } finally {
      await browser.close();
      cluster.delete('streamingapp', 'extended');
      cluster.delete('streamclass', 'extendable');
    }
  }, 240_000);

  test('a viewer whose pod is told to stop is warned, and may stay for a while', async () => {
    await readyApp('drained', { lifetimes: { warningSeconds: 8 } });
    const before = sessionNames();
    const browser = await launch('chrome');
    try {
      const page = await openPage(browser, link('drained'));
      await waitUntilPlaying(page, 90);
      const name = newSession(before)!.metadata.name;
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
    cluster.apply({
      apiVersion: 'vitrine.dev/v1alpha1',
      kind: 'StreamClass',
      metadata: { name: 'serviced' },
      spec: {
        namespaces: { from: 'All' },
        resources: { cpu: { request: '200m' }, memory: { request: '512Mi', limit: '4Gi' } },
        lifetimes: { drainSeconds: 12 },
      },
    });
    await readyApp('serviced', { classes: ['serviced'], lifetimes: { warningSeconds: 8 } });
    const before = sessionNames();
    const browser = await launch('chrome');
    let node = '';
    let drained: Promise<string> | undefined;
    try {
      const page = await openPage(browser, link('serviced'));
      await waitUntilPlaying(page, 90);
      const { name } = newSession(before)!.metadata;
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
    const browser = await launch('chrome');
    try {
      const before = sessionNames();
      const page = await openPage(browser, link('hurried'));
      await waitUntilPlaying(page, 90);
      const { name } = newSession(before)!.metadata;
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

  test('a new image is for new sessions, and old ones stay as they are', async () => {
    const image = await retagged('usd-viewer');
    cluster.apply(app('images', {}));
    cluster.apply(session('images-old', 'images'));
    const old = await podOf('images-old');
    const oldImage = imageOf(old);
    cluster.kubectl(
      'patch',
      'streamingapp',
      'images',
      '--type=merge',
      '-p',
      JSON.stringify({ spec: { image } }),
    );
    await until('the app to go over to the image', () => {
      const now = cluster.get('streamingapp', 'images');
      const revision = now?.status?.revisions?.[0]?.name;
      return revision !== revisionOf(old) && condition(now, 'RolloutComplete')?.status === 'True';
    });
    cluster.apply(session('images-new', 'images'));
    expect(imageOf(await podOf('images-new'))).toBe(image);
    expect(imageOf(old)).toBe(oldImage);
    expect(oldImage).not.toBe(image);
    cluster.delete('streamingapp', 'images');
    expect((await end('images-old')).reason).toBe('AppDeleted');
  });

  test('a class that asks for a GPU waits for one, in the words of the scheduler', async () => {
    cluster.apply({
      apiVersion: 'vitrine.dev/v1alpha1',
      kind: 'StreamClass',
      metadata: { name: 'test-gpu' },
      spec: {
        namespaces: { from: 'All' },
        resources: { gpu: { resourceName: 'nvidia.com/gpu', count: 1 } },
      },
    });
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
});

describe('idle pods and revisions', () => {
  test('the example was seen by a viewer of our own before anybody got it', () => {
    const serving = cluster.get('streamingapp', 'usd-viewer')!.status!.revisions![0]!.name;
    const revision = cluster.get('streamingapprevision', serving);
    expect(condition(revision, 'Verified')).toMatchObject({
      status: 'True',
      reason: 'FrameDecoded',
    });
    expect(condition(revision, 'Verified')!.message).toContain('1280x720');
    expect(revision!.status!.imageDigest).toContain('@sha256:');
  });

  test('a session takes an idle pod, and another one takes its place', async () => {
    const warm = await until('a full pool', () => {
      const full = condition(cluster.get('streamingapp', 'usd-viewer'), 'WarmPoolFull');
      return full?.reason === 'Full' && idlePods('usd-viewer')[0];
    });
    cluster.apply(session('warm-1', 'usd-viewer'));
    const served = await until('the session', () => {
      const now = cluster.get('streamsession', 'warm-1');
      return condition(now, 'Ready')?.status === 'True' && now;
    });
    expect(served.status!.podName).toBe(warm);
    await until('another idle pod', () => idlePods('usd-viewer').some((name) => name !== warm));
    cluster.delete('streamsession', 'warm-1');
  });

  test('a pipeline that brings a broken image is told so, and nobody else notices', async () => {
    await readyApp('pipeline', { rollout: {} });
    const step = setImage('pipeline', imageReference('operator'));
    expect(step.status).toBe(1);
    expect(step.stderr).toMatch(/VerificationFailed.*VITRINE_ROLE/s);
    cluster.apply(session('pipeline-1', 'pipeline'));
    await until('a session of the old revision', () => {
      return condition(cluster.get('streamsession', 'pipeline-1'), 'Ready')?.status === 'True';
    });
    const again = setImage('pipeline', await retagged('pipeline'));
    expect(again).toMatchObject({ status: 0 });
    cluster.delete('streamingapp', 'pipeline');
  }, 240_000);

  test('a revision without a picture is told with the last lines of its container', async () => {
    const verification = { timeoutSeconds: 30 };
    cluster.apply(app('no-stage', { stage: 'nowhere.usda', rollout: { verification } }));
    const failed = await until(
      'the verdict',
      () => {
        const complete = condition(cluster.get('streamingapp', 'no-stage'), 'RolloutComplete');
        return complete?.status === 'False' && complete;
      },
      180,
    );
    expect(failed.message).toMatch(/; its last lines: \S/);
    cluster.delete('streamingapp', 'no-stage');
  }, 240_000);

  function idlePods(ofApp: string): string[] {
    return cluster
      .list('pods', 'default', `vitrine.dev/app=${ofApp},!vitrine.dev/session,!vitrine.dev/watches`)
      .map(({ metadata }) => metadata.name);
  }

  function setImage(ofApp: string, image: string) {
    return spawnSync(`${repo}/examples/ci/set-image`, ['default', ofApp, image, '180'], {
      env: cluster.environment(),
      encoding: 'utf8',
    });
  }
});

describe('bad input', () => {
  test('an app with an unknown class says so', async () => {
    cluster.apply(app('no-class', { classes: ['gold'] }));
    const refused = await until('a refusal', () => {
      const ready = condition(cluster.get('streamingapp', 'no-class'), 'Ready');
      return ready?.status === 'False' && ready;
    });
    expect(refused.message).toContain('gold');
    cluster.delete('streamingapp', 'no-class');
  });

  test('a pod patch that asks for privileges is refused', async () => {
    const podPatch = { spec: { hostNetwork: true } };
    cluster.apply(app('privileged', { podPatch }));
    const refused = await until('a refusal', () => {
      const ready = condition(cluster.get('streamingapp', 'privileged'), 'Ready');
      return ready?.status === 'False' && ready;
    });
    expect(refused).toMatchObject({ reason: 'PodPatchForbidden' });
    expect(refused.message).toContain('hostNetwork');
    cluster.delete('streamingapp', 'privileged');
  });

  test('an image that cannot be pulled ends the session with the words of the node', async () => {
    cluster.apply(app('no-image', { image: 'nowhere.invalid/no/image:1' }));
    cluster.apply(session('no-image-1', 'no-image'));
    const { reason, message } = await end('no-image-1', 90);
    expect(['StartTimeout', 'AppFailed']).toContain(reason);
    expect(message).toMatch(/image|pull/i);
    cluster.delete('streamingapp', 'no-image');
  });

  test('an image that runs as root is not started', async () => {
    cluster.apply(app('root', { image: 'cluster.local/busybox:1' }));
    cluster.apply(session('root-1', 'root'));
    const { reason, message } = await end('root-1', 90);
    expect(reason).toBe('AppFailed');
    expect(message).toContain('root');
    cluster.delete('streamingapp', 'root');
  });

  test('a container that exits at once ends the session and says so', async () => {
    // The operator's image is no runtime: without a role it says a sentence and ends.
    cluster.apply(app('exits', { image: imageReference('operator') }));
    cluster.apply(session('exits-1', 'exits'));
    const { reason, message } = await end('exits-1', 90);
    expect(reason).toBe('AppFailed');
    expect(message).toMatch(/exit code 2.*VITRINE_ROLE/s);
    cluster.delete('streamingapp', 'exits');
  });

  test('a container that never gets ready ends the session by the start time-out', async () => {
    // In local mode a runtime answers no health checks.
    const lifetimes = { startSeconds: 10 };
    cluster.apply(app('unready', { container: { args: ['--local'] }, lifetimes }));
    cluster.apply(session('unready-1', 'unready'));
    expect((await end('unready-1', 90)).reason).toBe('StartTimeout');
    cluster.delete('streamingapp', 'unready');
  });

  test('an undeclared parameter is rejected', async () => {
    cluster.apply({
      ...session('undeclared-1', 'usd-viewer'),
      spec: { app: 'usd-viewer', parameters: { colour: 'red' } },
    });
    const { reason, message } = await end('undeclared-1');
    expect(reason).toBe('Rejected');
    expect(message).toContain('colour');
    cluster.delete('streamsession', 'undeclared-1');
  });
});

function app(name: string, spec: object): object {
  return {
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamingApp',
    metadata: { name, namespace: 'default' },
    spec: { classes: ['cpu'], rollout: { verification: { mode: 'None' } }, ...spec },
  };
}

async function readyApp(name: string, spec: object): Promise<void> {
  cluster.apply(app(name, spec));
  await until(`${name} to be ready`, () => {
    return condition(cluster.get('streamingapp', name), 'Ready')?.status === 'True';
  });
}

function session(name: string, appName: string): object {
  return {
    apiVersion: 'vitrine.dev/v1alpha1',
    kind: 'StreamSession',
    metadata: { name, namespace: 'default' },
    spec: { app: appName },
  };
}

async function end(name: string, seconds = 60): Promise<Condition> {
  return until(
    `the end of ${name}`,
    () => {
      const ended = condition(cluster.get('streamsession', name), 'Ended');
      return ended?.status === 'True' && ended;
    },
    seconds,
  );
}

async function podOf(name: string): Promise<string> {
  return until(`the pod of ${name}`, () => {
    const pod = cluster.list('pods', 'default', `vitrine.dev/session=${name}`)[0];
    return pod?.metadata.name;
  });
}

function revisionOf(pod: string): string | undefined {
  return cluster.get('pod', pod)?.metadata.labels?.['vitrine.dev/revision'];
}

function imageOf(pod: string): string {
  const { containers } = cluster.get('pod', pod)!.spec as { containers: { image: string }[] };
  return containers[0]!.image;
}

/** The name under which the cluster pulls one of our images. */
function imageReference(name: 'operator' | 'runtime'): string {
  return readFileSync(`${repo}/target/image/${name}.ref`, 'utf8').trim();
}

/** The runtime's image under another tag, as a pipeline would push it (OCI distribution specification). */
async function retagged(tag: string): Promise<string> {
  const reference = imageReference('runtime');
  const [, host, name, oldTag] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference)!;
  const accept =
    'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
  const manifests = `http://${host}/v2/${name}/manifests`;
  const manifest = await fetch(`${manifests}/${oldTag}`, { headers: { accept } });
  const put = await fetch(`${manifests}/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': manifest.headers.get('content-type')! },
    body: await manifest.text(),
  });
  if (!put.ok) throw new Error(await put.text());
  return `${host}/${name}:${tag}`;
}

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
