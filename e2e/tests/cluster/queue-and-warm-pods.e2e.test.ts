import { describe, expect, test } from 'vitest';
import { condition, until } from '../../src/cluster.ts';
import { cluster, session } from '../../src/sessions.ts';

describe('queue and warm pods', () => {
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

  function idlePods(ofApp: string): string[] {
    return cluster
      .list('pods', 'default', `vitrine.dev/app=${ofApp},!vitrine.dev/session,!vitrine.dev/watches`)
      .map(({ metadata }) => metadata.name);
  }
});
