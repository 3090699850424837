import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage } from '../src/browser.ts';
import { LocalRuntime, serverAddress } from '../src/local-runtime.ts';
import { ask, tapMessages } from '../src/page-messages.ts';
import { vitrine } from '../src/vitrine-command.ts';
import { STILL, settled, waitForChange, waitUntilPlaying } from '../src/viewer.ts';

const folder = mkdtempSync(`${tmpdir()}/projects-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** What the template `usd-explorer` answers besides. */
async function turns(page: Page): Promise<void> {
  expect(await ask(page, 'turntableRequest', { on: 'yes' })).toBe(
    'ValueError: on must be true or false.',
  );
  const resting = await settled(page, STILL);
  expect(await ask(page, 'turntableRequest', { on: true })).toEqual({ on: true });
  await waitForChange(page, resting, STILL * 2);
  expect(await ask(page, 'turntableRequest', { on: false })).toEqual({ on: false });
  await settled(page, STILL);
}

describe.each([
  { template: 'usd-viewer', extended: true, port: 8090, surface: '0.75, 0.73, 0.69' },
  {
    template: 'usd-explorer',
    extended: true,
    port: 8092,
    surface: '0.012, 0.06, 0.28',
    more: turns,
  },
  { template: 'empty', extended: false, port: 8091, surface: '0.78, 0.76, 0.72' },
])('a project of the template $template', ({ template, extended, port, surface, more }) => {
  const project = `${folder}/${template}/my_viewer`;
  const stage = `${project}/stage/scene.usda`;
  const extension = `${project}/my_viewer/__init__.py`;

  test('is made, runs, answers, and shows what is saved', async () => {
    const made = await vitrine([
      'new',
      '--template',
      template,
      '--name',
      'my_viewer',
      '--dir',
      project,
    ]);
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    expect(made.stdout).toContain(`vitrine run ${project}`);

    const runtime = await LocalRuntime.ofProject(port, project);
    const browser = await launch('chrome');
    try {
      const address = new URL(runtime.stdout().split('\n')[0]!);
      expect(address.href).toBe(`http://127.0.0.1:${port}/`);
      address.hostname = serverAddress(); // of the other namespace
      const page = await openPage(browser, address.href, tapMessages);
      await waitUntilPlaying(page);
      const picture = await settled(page, STILL);
      await page.screenshot({ path: `target/template-${template}.png` });
      expect(picture.contrast).toBeGreaterThan(5);

      if (extended) {
        const payload = { text: 'hello', numbers: [1, 2.5] };
        expect(await ask(page, 'echoRequest', payload)).toEqual(payload);
        replace(extension, '"echoResponse", payload', '"echoResponse", {**payload, "saved": True}');
        await expect
          .poll(() => ask(page, 'echoRequest', payload), { timeout: 30_000 })
          .toEqual({ ...payload, saved: true });
      }

      await more?.(page);

      const before = await settled(page, STILL);
      replace(
        stage,
        `inputs:diffuseColor = (${surface})`,
        'inputs:diffuseColor = (0.05, 0.9, 0.1)',
      );
      const after = await waitForChange(page, before, STILL * 2);
      expect(after.mean[1] - after.mean[0]).toBeGreaterThan(before.mean[1] - before.mean[0]);
      expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('playing');
    } finally {
      await browser.close();
      await runtime.stop();
    }
  });
});

describe('what makes no sense is refused in a sentence', () => {
  const project = `${folder}/refused`;
  const scene = () => readFileSync(`${project}/vitrine.yaml`, 'utf8');

  beforeAll(async () => {
    const made = await vitrine(['new', '--template', 'empty', '--name', 'look', '--dir', project]);
    expect(made.exitCode).toBe(0);
  });

  const make = (template: string, name: string, dir: string) => [
    ...['new', '--template', template, '--name', name, '--dir', `${folder}/${dir}`],
  ];

  test.each([
    ['a folder with something in it', make('empty', 'look', 'refused'), 'nothing was written'],
    ['a template that there is not', make('usd-viewr', 'look', 'new'), "'usd-viewr' is not one of"],
    ['a name that is none', make('empty', 'My-Viewer', 'new'), "name 'My-Viewer' must be"],
    ["Python's own name", make('empty', 'json', 'new'), 'choose another, such as my_json'],
    ['a folder that is no project', ['run', folder], 'it has no vitrine.yaml'],
    ['a port that is none', ['run', '--port', '70000', project], '--port 70000 must be a port'],
    ['a command that there is not', ['rnu'], "'rnu'"],
  ])('%s', async (_, args, sentence) => {
    const refused = await vitrine(args);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/^error: /);
    expect(refused.stderr).toContain(sentence);
    expect(refused.stdout).toBe('');
  });

  test('an unknown field of vitrine.yaml', async () => {
    const before = scene();
    writeFileSync(`${project}/vitrine.yaml`, `${before}colour: red\n`);
    const refused = await vitrine(['run', project]);
    writeFileSync(`${project}/vitrine.yaml`, before);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("field 'colour' is unknown; the fields are name, stage");
  });

  test('a port that is in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      const failed = await vitrine(['run', '--port', String(port), project]);
      expect(failed.exitCode).toBe(1);
      expect(failed.stderr).toMatch(new RegExp(`^error: .*\\b${port}\\b`, 'm'));
      expect(failed.stdout).not.toContain('http');
    } finally {
      taken.close();
    }
  });
});

function replace(file: string, old: string, text: string): void {
  const before = readFileSync(file, 'utf8');
  expect(before).toContain(old);
  writeFileSync(file, before.replace(old, text));
}
