import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { condition, until } from '../../src/cluster.ts';
import { imageOf, imageReference, retagged, revisionOf } from '../../src/images.ts';
import { app, cluster, end, podOf, readyApp, session } from '../../src/sessions.ts';

const repo = path.resolve(import.meta.dirname, '../../..');

describe('rollouts', () => {
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

  function setImage(ofApp: string, image: string) {
    return spawnSync(`${repo}/examples/ci/set-image`, ['default', ofApp, image, '180'], {
      env: cluster.environment(),
      encoding: 'utf8',
    });
  }

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
});
