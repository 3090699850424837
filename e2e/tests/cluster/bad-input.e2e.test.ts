import { describe, expect, test } from 'vitest';
import { condition, until } from '../../src/cluster.ts';
import { imageReference } from '../../src/images.ts';
import { app, cluster, end, session } from '../../src/sessions.ts';

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
    // Refused at once by the node itself: how long a name server takes is not what this is about.
    cluster.apply(app('no-image', { image: '127.0.0.1:1/no/image:1' }));
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
