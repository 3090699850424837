import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { condition, until } from '../../src/cluster.ts';
import {
  PARTS,
  freezeApiServer,
  gatewayWithSocket,
  imageOfPart,
  kill,
  leader,
  readyPods,
  replicasOf,
  rollBack,
  rollOut,
  rolledOut,
  scale,
  untilReady,
} from '../../src/control-plane.ts';
import { retagged } from '../../src/images.ts';
import { mappedFiles, processesOfPod } from '../../src/processes.ts';
import {
  beginToWatch,
  cluster,
  link,
  readySession,
  session,
  sessionNames,
  strayPods,
  type Viewer,
} from '../../src/sessions.ts';
import { look, noteStates, waitForPicture, waitUntilPlaying } from '../../src/viewer.ts';

test.each(PARTS)('a %s starts from what its image learned in a rehearsal', (part) => {
  const pods = readyPods(part);
  expect(pods).not.toHaveLength(0);
  for (const pod of pods) {
    const files = processesOfPod(pod).flatMap(mappedFiles);
    expect(files).toContain('/opt/vitrine/operator.aot');
  }
});

describe('somebody watches while', () => {
  let viewer: Viewer;
  let podName: string;
  let states: () => Promise<string[]>;

  beforeEach(async () => {
    viewer = await beginToWatch();
    podName = cluster.get('streamsession', viewer.name)!.status!.podName!;
    states = await noteStates(viewer.page);
  });

  afterEach(async () => {
    await viewer.browser.close();
  });

  test('the controller and their gateway are killed', async () => {
    const controller = leader();
    const gateway = await until('the gateway of the viewer', gatewayWithSocket);
    kill(controller, gateway);
    await pictureGoesOn();
    const served = () => PARTS.every((part) => readyPods(part).length > 0);
    await until('others', served, 120);
    await serve('after-kill-1');
    await expectUntouched();
  }, 360_000);

  test('the API server is away for a minute', async () => {
    const away = freezeApiServer(60);
    await pictureGoesOn();
    await away;
    await pictureGoesOn();
    await serve('after-outage-1');
    await expectUntouched();
  }, 240_000);

  test('controller and gateway are upgraded, with their resources, and taken back again', async () => {
    const images = await Promise.all(
      PARTS.map((part) => retagged(`next-${Date.now()}`, imageOfPart(part))),
    );
    addField('add');
    try {
      PARTS.forEach((part, i) => rollOut(part, images[i]!));
      await serve('during-upgrade-1');
      await Promise.all(PARTS.map(rolledOut));
    } finally {
      PARTS.forEach(rollBack);
      addField('remove');
    }
    await serve('during-upgrade-2');
    await Promise.all(PARTS.map(rolledOut));
    await expectUntouched();
  }, 360_000);

  async function pictureGoesOn(): Promise<void> {
    await waitForPicture(viewer.page, await look(viewer.page));
  }

  /** A new session gets one pod, and no second one. */
  async function serve(name: string): Promise<void> {
    cluster.apply(session(name, 'usd-viewer'));
    try {
      await readySession(name, 90);
      expect(cluster.list('pods', 'default', `vitrine.dev/session=${name}`)).toHaveLength(1);
    } finally {
      cluster.delete('streamsession', name);
    }
  }

  async function expectUntouched(): Promise<void> {
    await pictureGoesOn();
    expect(await states()).toEqual([]);
    const now = cluster.get('streamsession', viewer.name)!;
    expect(now.status!.podName).toBe(podName);
    expect(condition(now, 'Ended')?.status).not.toBe('True');
    await until('no pod to be left over', () => strayPods().length === 0);
  }

  /** Does what a new version does to the definition of a resource: one field more, or no more. */
  function addField(operation: 'add' | 'remove'): void {
    const path = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/later';
    const value = { type: 'string', maxLength: 10 };
    const patch = JSON.stringify([{ op: operation, path, value }]);
    cluster.kubectl('patch', 'crd', 'streamsessions.vitrine.dev', '--type=json', '-p', patch);
  }
});

test('a page whose gateway is killed while it is set up has its picture through another one', async () => {
  const replicas = replicasOf('gateway');
  const before = sessionNames();
  const browser = await launch('chrome');
  try {
    scale('gateway', 2);
    await untilReady('gateway', 2);
    const killed: string[] = [];
    const page = await openPage(browser, link(), async (unloaded) => {
      await unloaded.exposeFunction('beforeTheOffer', async () => {
        killed.push(await until('the gateway of the page', gatewayWithSocket));
        kill(...killed);
      });
      await unloaded.evaluateOnNewDocument(() => {
        const { send } = WebSocket.prototype;
        let killed: Promise<void> | undefined;
        WebSocket.prototype.send = function (message) {
          const { beforeTheOffer } = globalThis as unknown as {
            beforeTheOffer: () => Promise<void>;
          };
          killed ??= beforeTheOffer(); // candidates, too, wait behind the offer
          void killed.then(() => send.call(this, message));
        };
      });
    });
    await waitUntilPlaying(page, 60);
    await waitForPicture(page, await look(page));
    expect(killed).toHaveLength(1);
    const made = [...sessionNames()].filter((name) => !before.has(name));
    expect(made).toHaveLength(1);
    expect(strayPods()).toEqual([]);
  } finally {
    await browser.close();
    scale('gateway', replicas);
    await untilReady('gateway', replicas);
  }
}, 240_000);
