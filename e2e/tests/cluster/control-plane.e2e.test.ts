import { expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { condition, until } from '../../src/cluster.ts';
import { PARTS, gatewayWithSocket, kill, leader, readyPods } from '../../src/control-plane.ts';
import {
  cluster,
  link,
  newSession,
  readySession,
  session,
  sessionNames,
} from '../../src/sessions.ts';
import { look, noteStates, waitForPicture, waitUntilPlaying } from '../../src/viewer.ts';

test('the picture goes on when the controller and the gateway are killed', async () => {
  const before = sessionNames();
  const browser = await launch('chrome');
  try {
    const page = await openPage(browser, link());
    await waitUntilPlaying(page, 90);
    const states = await noteStates(page);
    const { name } = newSession(before)!.metadata;
    const podName = cluster.get('streamsession', name)!.status!.podName;

    const controller = leader();
    const gateway = await until('the gateway of the viewer', gatewayWithSocket);
    kill(controller, gateway);
    await waitForPicture(page, await look(page));
    const served = () => PARTS.every((part) => readyPods(part).length > 0);
    await until('others', served, 120);
    cluster.apply(session('after-kill-1', 'usd-viewer'));
    await readySession('after-kill-1', 90);
    await waitForPicture(page, await look(page));

    expect(await states()).toEqual([]);
    const now = cluster.get('streamsession', name)!;
    expect(now.status!.podName).toBe(podName);
    expect(condition(now, 'Ended')?.status).not.toBe('True');
  } finally {
    await browser.close();
    cluster.delete('streamsession', 'after-kill-1');
  }
}, 360_000);
