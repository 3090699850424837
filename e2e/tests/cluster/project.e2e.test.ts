import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../../src/browser.ts';
import { condition, until, type Resource } from '../../src/cluster.ts';
import { ask, tapMessages } from '../../src/page-messages.ts';
import { cluster } from '../../src/sessions.ts';
import { STILL, settled, waitUntilPlaying } from '../../src/viewer.ts';
import { vitrine, vitrineCommand, type Ran } from '../../src/vitrine-command.ts';

const NAMESPACE = 'projects';
const APP = 'my-viewer';

describe('a project from new to its end in the cluster', () => {
  const folder = mkdtempSync(`${tmpdir()}/project-`);
  const project = `${folder}/my_viewer`;
  const image = `${cluster.registry()}/${APP}:1`;
  let browser: Browser;

  beforeAll(async () => {
    cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
    browser = await launch('chrome');
    const made = await run('new', '--template', 'usd-viewer', '--name', 'my_viewer');
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  });

  afterAll(async () => {
    await browser?.close();
    cluster.delete('namespace', NAMESPACE);
    rmSync(folder, { recursive: true });
  });

  /** Calls the command in the folder that the project is in, for this cluster. */
  async function run(...args: string[]): Promise<Ran> {
    return vitrine(args, { folder, environment: cluster.environment(), seconds: 400 });
  }

  async function inNamespace(command: string, ...args: string[]): Promise<Ran> {
    return run(command, '-n', NAMESPACE, ...args);
  }

  function session(): Resource | undefined {
    return cluster
      .list('streamsessions', NAMESPACE)
      .find(({ metadata }) => !metadata.labels?.['vitrine.dev/verifies']);
  }

  test('an app that is not deployed yet is said to be none', async () => {
    const opened = await inNamespace('open', APP);
    expect(opened.exitCode).toBe(1);
    expect(opened.stderr).toContain(`there is no StreamingApp ${APP} in namespace ${NAMESPACE}`);
  });

  test('is packaged, the same each time, and pushed where the cluster pulls from', async () => {
    const first = await run('package', '--push', image, project);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toMatch(new RegExp(`^${image}@sha256:[0-9a-f]{64}\n$`));
    expect((await run('package', '--push', image, project)).stdout).toBe(first.stdout);
  }, 400_000);

  test('is deployed once a viewer of the cluster has seen it', async () => {
    const deployed = await inNamespace('deploy', '--image', image, '--wait', project);
    expect(deployed.exitCode, deployed.stderr).toBe(0);
    expect(deployed.stdout).toContain(`all new sessions of ${APP} get it`);
    const described = await inNamespace('describe', APP, '--output', 'json');
    expect(JSON.parse(described.stdout)).toMatchObject({
      kind: 'StreamingApp',
      facts: { image, title: 'My viewer' },
    });
  }, 400_000);

  describe('with a viewer', () => {
    let page: Page;
    let name: string;

    beforeAll(async () => {
      const opened = await inNamespace('open', APP);
      expect(opened.exitCode, opened.stderr).toBe(0);
      page = await openPage(browser, opened.stdout.trim(), tapMessages);
      await waitUntilPlaying(page, 90);
      const watched = await until('a connected session', () => {
        const found = session();
        return condition(found, 'Connected')?.status === 'True' && found;
      });
      name = watched.metadata.name;
    });

    test('the link shows its stage, and its extension answers from the pod', async () => {
      expect((await settled(page, STILL)).contrast).toBeGreaterThan(5);
      const payload = { text: 'hello', numbers: [1, 2.5] };
      expect(await ask(page, 'echoRequest', payload)).toEqual(payload);
    });

    test('its session is listed, described, and has logs', async () => {
      const listed = await inNamespace('sessions', APP, '--output', 'json');
      expect(JSON.parse(listed.stdout)).toMatchObject([{ name, app: APP, state: 'Connected' }]);
      const described = await inNamespace('describe', name);
      expect(described.exitCode).toBe(0);
      expect(described.stdout).toMatch(/first picture: \d{4}-/);
      const logged = await inNamespace('logs', name);
      expect(logged).toMatchObject({ exitCode: 0, stderr: '' });
      expect(logged.stdout).toContain('stage');
    });

    test('kubectl knows the command as its own', async () => {
      const environment = cluster.environment();
      const ran = await vitrine(['vitrine', 'sessions', '-n', NAMESPACE], {
        command: 'kubectl',
        environment: {
          ...environment,
          PATH: `${path.dirname(vitrineCommand)}:${environment.PATH}`,
        },
      });
      expect(ran.exitCode, ran.stderr).toBe(0);
      expect(ran.stdout).toContain(name);
    });

    test('after its end it is told how it ended', async () => {
      await page.close();
      await until('the end', () => condition(session(), 'Ended')?.status === 'True');
      const listed = await inNamespace('sessions', APP);
      expect(listed.stdout).toContain('ClosedByViewer');
      await until(
        'the last words',
        () => cluster.list('pods', NAMESPACE, `vitrine.dev/session=${name}`).length === 0,
      );
      const logged = await inNamespace('logs', name);
      expect(logged).toMatchObject({ exitCode: 0, stderr: '' });
      expect(logged.stdout).toContain('ClosedByViewer');
    });
  });

  test('an image that there is not is told as what it is, and nobody else notices', async () => {
    const missing = `${cluster.registry()}/${APP}:2`;
    const failed = await inNamespace('deploy', '--image', missing, '--wait', project);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(/^error: my-viewer does not go over to the image: /m);
    expect(failed.stderr).toContain(missing);
    expect((await inNamespace('open', APP)).exitCode).toBe(0);

    const mended = await inNamespace('deploy', '--image', image, '--wait', project);
    expect(mended.exitCode, mended.stderr).toBe(0);
  }, 400_000);

  test('what streamingapp.yaml says wrong is refused by the cluster, by its name', async () => {
    const file = `${project}/streamingapp.yaml`;
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('  title:', '  colour: red\n  title:'));
    const refused = await inNamespace('deploy', '--image', image, project);
    writeFileSync(file, before);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('colour');
  });

  test('a registry that does not answer is named', async () => {
    const failed = await run('package', '--push', `127.0.0.1:1/${APP}:1`, project);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(/error: a registry does not answer .*127\.0\.0\.1:1/);
  });

  test('a registry that does not take the password is named, with the remedy', async () => {
    const registry = createServer((_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end(),
    );
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    const { port } = registry.address() as AddressInfo;
    try {
      const target = `127.0.0.1:${port}/${APP}:1`;
      const failed = await vitrine(['package', '--plain-http', '--push', target, project], {
        environment: {
          ...process.env,
          VITRINE_REGISTRY_USER: 'somebody',
          VITRINE_REGISTRY_PASSWORD: 'wrong',
        },
      });
      expect(failed.exitCode).toBe(1);
      expect(failed.stderr).toContain('VITRINE_REGISTRY_PASSWORD');
    } finally {
      registry.close();
    }
  });
});
