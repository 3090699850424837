import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../src/asking.ts';
import { launch, openPage } from '../src/browser.ts';
import { EmbeddingPage } from '../src/embedding-page.ts';
import { LocalRuntime, serverAddress, viewerAddress } from '../src/local-runtime.ts';
import {
  STILL,
  TURNED,
  settled,
  waitForChange,
  waitForLikeness,
  waitUntilPlaying,
} from '../src/viewer.ts';

const STAGE = `#usda 1.0
def Sphere "Ball" (
    variants = { string size = "small" }
    prepend variantSets = "size"
)
{
    color3f[] primvars:displayColor = [(0.8, 0.1, 0.1)]
    variantSet "size" = {
        "small" {
            double radius = 1
        }
        "big" {
            double radius = 4
        }
    }
}
def Cube "Box"
{
    double3 xformOp:translate = (6, 0, 0)
    uniform token[] xformOpOrder = ["xformOp:translate"]
}
def Camera "Front"
{
    double3 xformOp:translate = (0, 0, 9)
    uniform token[] xformOpOrder = ["xformOp:translate"]
}
`;
const MANY = `#usda 1.0
def Scope "Many"
{
${Array.from({ length: 12_000 }, (_, i) => `    def Scope "Child_${i}"\n    {\n    }`).join('\n')}
}
`;
const HANDLERS = `
import os
import time
import vitrine

done = []

@vitrine.on("waitRequest")
def wait(payload):
    end = time.monotonic() + 8
    while not os.path.exists(os.path.join(os.path.dirname(__file__), "go-on")) and time.monotonic() < end:
        time.sleep(0.01)
    vitrine.send("waitResponse", payload)

@vitrine.on("doRequest")
def do(payload):
    done.append(payload["what"])
    vitrine.send("doResponse", {"done": done})
`;
const SUCCESS = { result: 'success', error: '' };

describe('what a page can ask of the viewer', () => {
  const folder = mkdtempSync(`${tmpdir()}/messages-`);
  let embedding: EmbeddingPage;
  let runtime: LocalRuntime;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    writeFileSync(`${folder}/scene.usda`, STAGE);
    writeFileSync(`${folder}/other.usda`, STAGE);
    writeFileSync(`${folder}/many.usda`, MANY);
    mkdirSync(`${folder}/handlers`);
    writeFileSync(`${folder}/handlers/__init__.py`, HANDLERS);
    embedding = await EmbeddingPage.open(viewerAddress(), `ws://${serverAddress()}:8086/signal`);
    runtime = await LocalRuntime.start(
      8086,
      ['--stage', `${folder}/scene.usda`, '--extension', `${folder}/handlers`],
      { VITRINE_ORIGINS: embedding.origin },
    );
    browser = await launch('chrome');
  });

  afterAll(async () => {
    await browser?.close();
    await runtime?.stop();
    embedding?.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    page = await openPage(browser, embedding.url);
    await waitUntilPlaying(page);
  });

  afterEach(async () => {
    await page.close();
  });

  /** Has the page take down the payloads of a type of message; gives those it has so far. */
  async function note(type: string): Promise<() => Promise<Record<string, unknown>[]>> {
    const heard = await page.evaluateHandle((type) => {
      const all: Record<string, unknown>[] = [];
      const { stream } = window as unknown as {
        stream: {
          on(type: string, listener: (payload: Record<string, unknown>) => void): void;
        };
      };
      stream.on(type, (payload) => all.push(payload));
      return all;
    }, type);
    return () => heard.jsonValue();
  }

  test('the properties of a prim are told, and one that is set is seen', async () => {
    const told = (await ask(page, 'getPropertiesRequest', { prim_path: '/Ball' })) as {
      type: string;
      properties: { name: string; value: unknown }[];
    };
    expect(told.type).toBe('Sphere');
    expect(told.properties.find(({ name }) => name === 'radius')).toEqual({
      ...{ name: 'radius', type: 'double', value: 1, truncated: false, authored: true },
      ...{ animated: false, custom: false, connected: false, writable: true, options: [] },
    });
    const before = await settled(page, STILL);
    const paint = { prim_path: '/Ball', name: 'primvars:displayColor', value: [[0.9, 0.9, 0.9]] };
    expect(await ask(page, 'setPropertyRequest', paint)).toEqual(SUCCESS);
    await waitForChange(page, before, STILL * 2);
    expect(await ask(page, 'setPropertyRequest', { ...paint, value: 'white' })).toEqual({
      result: 'error',
      error: "The value of 'primvars:displayColor' must be a list.",
    });
    expect(await ask(page, 'getPropertiesRequest', { prim_path: '/Nowhere' })).toBe(
      'The stage has no prim at /Nowhere.',
    );
  });

  test('the variants of a prim are told, and one that is chosen is seen', async () => {
    const before = await settled(page, STILL);
    const asked = { prim_path: '/Ball' };
    expect(await ask(page, 'getVariantsRequest', asked)).toEqual({
      prim_path: '/Ball',
      variant_sets: [{ name: 'size', variants: ['big', 'small'], selection: 'small', omitted: 0 }],
    });
    const big = { prim_path: '/Ball', variant_set: 'size', variant: 'big' };
    expect(await ask(page, 'setVariantRequest', big)).toEqual(SUCCESS);
    await waitForChange(page, before, STILL * 2);
    expect(await ask(page, 'getVariantsRequest', asked)).toMatchObject({
      variant_sets: [{ selection: 'big' }],
    });
    expect(await ask(page, 'setVariantRequest', { ...big, variant: 'huge' })).toEqual({
      result: 'error',
      error: "The variant set 'size' has no variant 'huge'; use any of big, small.",
    });
  });

  test('the camera goes where the page says, and says where it is', async () => {
    await ask(page, 'resetStage', {});
    const home = await settled(page, STILL);
    expect(await ask(page, 'getCamerasRequest', {})).toEqual({
      cameras: [{ name: 'Front', path: '/Front' }],
    });
    expect(await ask(page, 'setCameraRequest', { prim_path: '/Front' })).toEqual(SUCCESS);
    const front = await waitForChange(page, home, TURNED);
    expect(await ask(page, 'setCameraRequest', { prim_path: '' })).toEqual(SUCCESS);
    await waitForLikeness(page, home, STILL * 4);
    const place = { position: [0, 0, 9], target: [0, 0, 0], field_of_view: 30 };
    const states = await note('cameraStateChanged');
    expect(await ask(page, 'setCameraStateRequest', place)).toEqual(SUCCESS);
    await waitForChange(page, front, STILL);
    expect(await ask(page, 'fitCameraRequest', { paths: ['/Box'] })).toEqual(SUCCESS);
    await expect.poll(async () => (await states()).at(-1)?.['target']).toEqual([6, 0, 0]);
    expect((await states()).at(-1)!['field_of_view']).toBeCloseTo(30);
    expect(await ask(page, 'fitCameraRequest', { paths: ['/Front'] })).toEqual({
      result: 'error',
      error: 'Nothing is drawn there.',
    });
    await ask(page, 'resetStage', {});
  });

  test('the settings of the picture are told, and one that is set is seen', async () => {
    const before = await settled(page, STILL);
    const white = { name: 'background', value: [1, 1, 1] };
    const { settings } = (await ask(page, 'setRenderSettingRequest', white)) as {
      settings: object;
    };
    expect(settings).toEqual({ background: [1, 1, 1], exposure: 0, headlight: false });
    const bright = await waitForChange(page, before, TURNED);
    await ask(page, 'setRenderSettingRequest', { name: 'exposure', value: -8 });
    await waitForChange(page, bright, STILL);
    await ask(page, 'setRenderSettingRequest', { name: 'headlight', value: true });
    expect(await ask(page, 'getRenderSettingsRequest', {})).toEqual({
      settings: { background: [1, 1, 1], exposure: -8, headlight: true },
    });
    expect(await ask(page, 'setRenderSettingRequest', { name: 'fog', value: 1 })).toContain(
      'must be one of background, exposure, headlight',
    );
  });

  test('how far a stage has come is told from its beginning to its end', async () => {
    const amounts = await note('updateProgressAmount');
    expect(await ask(page, 'openStageRequest', { url: 'other.usda' })).toMatchObject(SUCCESS);
    const progress = (await amounts()).map((amount) => amount['progress'] as number);
    expect(progress.at(0)).toBe(0);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  test('replies belong to their requests, and what is cancelled is not done', async () => {
    const answers = await page.evaluateHandle(async () => {
      const { stream } = window as unknown as {
        stream: {
          request(type: string, payload: object, options?: object): Promise<{ done: string[] }>;
        };
      };
      const waiting = stream.request('waitRequest', { n: 1 });
      const changed = new AbortController();
      const dropped = stream
        .request('doRequest', { what: 'not this' }, { signal: changed.signal })
        .catch((why: Error) => why.message);
      const last = stream.request('doRequest', { what: 'this' });
      changed.abort(new Error('changed my mind'));
      // Messages are read in their order: with this reply the cancellation has been read, too.
      await stream.request('loadingStateQuery', {});
      return { all: Promise.all([waiting, dropped, last]) };
    });
    writeFileSync(`${folder}/handlers/go-on`, '');
    const told = await answers.evaluate(({ all }) => all);
    expect(told).toEqual([{ n: 1 }, 'changed my mind', { done: ['this'] }]);
  });

  test('ten thousand children come in one reply', async () => {
    expect(await ask(page, 'openStageRequest', { url: 'many.usda' })).toMatchObject(SUCCESS);
    const asked = { prim_path: '/Many', filters: [] };
    const { children, omitted } = (await ask(page, 'getChildrenRequest', asked)) as {
      children: { path: string }[];
      omitted: number;
    };
    expect(children.length).toBe(10_000);
    expect(children.at(-1)!.path).toBe('/Many/Child_9999');
    expect(omitted).toBe(2_000);
  });

  test('a message that a Kit client sends, without an id, is answered as ever', async () => {
    const told = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const { stream } = window as unknown as {
            stream: {
              send(type: string, payload: object): void;
              on(type: string, listener: (payload: object) => void): void;
            };
          };
          stream.on('loadingStateResponse', resolve);
          stream.send('loadingStateQuery', {});
        }),
    );
    expect(told).toMatchObject({ loading_state: 'idle' });
  });
});
