import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const LIMIT_MILLIS = 60_000;

/** What a front end of somebody else's has: strict types, and both entries of the package. */
const CONSUMER = `
import { connect, runtime, type SessionState } from '@vitrine/client';
import { AppStreamer, StreamType, type DirectConfig, type GFNConfig, type StreamEvent, type StreamProps } from '@vitrine/client/app-streamer';

declare module '@vitrine/client' {
  interface FromApp {
    paintResponse: { strokes: number };
  }
}

let streamConfig: DirectConfig | GFNConfig = {
  videoElementId: 'remote-video',
  signalingServer: '127.0.0.1',
  signalingPort: 49100,
  mediaPort: null,
  maxReconnects: 20,
  mic: false,
  onStart: ({ action, status }) => console.log(action === 'start' && status === 'success'),
  onCustomEvent: ({ event_type, payload }) => console.log(event_type, payload['prims']),
};
let streamSource: StreamType = StreamType.DIRECT;
if (location.hash === '#gfn') {
  streamSource = StreamType.GFN;
  streamConfig = { GFN: undefined, catalogClientId: 'a', clientId: 'b', cmsId: 7, onStart: console.log };
}
export const props: StreamProps = { streamConfig, streamSource };
export const begun: Promise<StreamEvent> = AppStreamer.connect(props);
export const children = AppStreamer.getChildren('/').then((reply) => reply.children.map(({ path }) => path));
// @ts-expect-error: the source is none of the three
void AppStreamer.connect({ streamConfig, streamSource: 'cloud' });

const stream = connect({ video: document.createElement('video'), source: runtime('ws://127.0.0.1:8080/signal') });
stream.onState((state: SessionState) => console.log(state.kind));
stream.on('paintResponse', ({ strokes }) => strokes.toFixed());
`;

describe('the package, as npm packs it (after `npm run build`)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'consumer-'));
  let files: string[];

  beforeAll(() => {
    const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const [packed] = JSON.parse(run('npm', pack, '.')) as [Packed];
    files = packed.files.map((file) => file.path);
    writeFileSync(`${folder}/package.json`, '{"private":true,"type":"module"}');
    const install = ['install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`];
    run('npm', install, folder);
  }, LIMIT_MILLIS);

  afterAll(() => rmSync(folder, { recursive: true }));

  test('has both entries, their types, the readme and the licence, and no sources', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'package.json',
        'dist/vitrine-client.js',
        'dist/app-streamer.js',
        'dist/types/lib/index.d.ts',
        'dist/types/kit/index.d.ts',
      ]),
    );
    expect(files.filter((file) => !/^(dist\/|LICENSE|README|package\.json)/.test(file))).toEqual(
      [],
    );
    expect(files.filter((file) => file.includes('.test.'))).toEqual([]);
  });

  test('brings the licence of the project', () => {
    expect(readFileSync('LICENSE', 'utf8')).toBe(readFileSync('../LICENSE', 'utf8'));
  });

  test(
    'is imported by Node, which has no page',
    () => {
      const script = `
      import * as client from '@vitrine/client';
      import * as kit from '@vitrine/client/app-streamer';
      console.log(typeof client.connect, typeof kit.AppStreamer.connect);`;
      const node = ['--input-type=module', '--eval', script];
      expect(run(process.execPath, node, folder).trim()).toBe('function function');
    },
    LIMIT_MILLIS,
  );

  test.each([
    ['ESNext', 'Bundler'],
    ['NodeNext', 'NodeNext'],
  ])(
    'has types for a strict front end: %s, %s',
    (module, moduleResolution) => {
      writeFileSync(`${folder}/consumer.ts`, CONSUMER);
      const compilerOptions = {
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        target: 'ES2022',
        lib: ['ES2022', 'DOM', 'DOM.Iterable'],
        types: [],
        module,
        moduleResolution,
      };
      const project = { compilerOptions, files: ['consumer.ts'] };
      writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(project));
      const tsc = path.resolve('node_modules/typescript/bin/tsc');
      expect(run(process.execPath, [tsc, '--project', '.'], folder)).toBe('');
    },
    LIMIT_MILLIS,
  );

  test(
    'leaves out of a bundle what it does not import',
    async () => {
      const connecting = await bundle(`import { connect } from '@vitrine/client'; use(connect);`);
      const facade = `import { AppStreamer } from '@vitrine/client/app-streamer'; use(AppStreamer);`;
      const kit = await bundle(facade);
      const words = await bundle(
        `import { sentenceFor } from '@vitrine/client'; use(sentenceFor);`,
      );
      expect(kit).toContain('remote-video');
      expect(kit).toContain('RTCPeerConnection');
      expect(connecting).toContain('RTCPeerConnection');
      expect(connecting).not.toContain('remote-video');
      expect(connecting).not.toContain('streaming/stream');
      expect(words).not.toContain('RTCPeerConnection');
      expect(words.length).toBeLessThan(4_000);
    },
    LIMIT_MILLIS,
  );

  async function bundle(source: string): Promise<string> {
    const input = `${folder}/entry.js`;
    writeFileSync(input, source.replace('use(', 'globalThis.used = ('));
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: { write: false, rolldownOptions: { input } },
    });
    const outputs = Array.isArray(built) ? built : [built];
    return outputs
      .flatMap((each) => ('output' in each ? each.output : []))
      .map((chunk) => (chunk.type === 'chunk' ? chunk.code : ''))
      .join('');
  }
});

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** What the program prints; throws with all it said when it fails. */
function run(program: string, args: string[], cwd: string): string {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (failure) {
    const { stdout, stderr } = failure as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')}: ${stdout ?? ''}${stderr ?? ''}`);
  }
}
