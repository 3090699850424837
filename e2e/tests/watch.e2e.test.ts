import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalRuntime, serverAddress } from '../src/local-runtime.ts';
import { watch } from '../src/watcher.ts';

/** To start a JVM, load what decodes, and free it, on a slow machine. */
const START_SECONDS = 6;

const notYet = { detail: 'The session starts.' };

const folder = mkdtempSync(`${tmpdir()}/watch-`);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a viewer without a browser', () => {
  const signal = `ws://${serverAddress()}:8080/signal`;
  let runtime: LocalRuntime;

  beforeAll(async () => {
    runtime = await LocalRuntime.start(8080, ['--media-port', '47998']);
  });

  afterAll(async () => {
    await runtime?.stop();
  });

  test('sees a picture, says so, and leaves room for the next one at once', async () => {
    for (const round of [1, 2]) {
      const log = `${folder}/last-words-${round}`;
      const watched = await watch([signal, '--seconds', '30'], { VITRINE_TERMINATION_LOG: log });

      expect(watched.output).toContain('"decoded"');
      expect(watched.exitCode).toBe(0);
      expect(watched.verdict).toEqual({
        decoded: { width: 1280, height: 720, milliseconds: expect.any(Number) },
      });
      expect(JSON.parse(readFileSync(log, 'utf8'))).toEqual(watched.verdict);
    }
    // The runtime heard both goodbyes: a connection that just ends is told of there.
    expect(runtime.stderr()).not.toContain('connection ended');
  });

  test('asks a gateway until its session can be joined, with the token of its pod', async () => {
    const gateway = await Gateway.open(signal);
    const token = `${folder}/report-token`;
    writeFileSync(token, 'of-the-pod\n');
    try {
      const watched = await watch([], {
        VITRINE_WATCH_URL: gateway.url,
        VITRINE_NAMESPACE: 'team',
        VITRINE_SESSION: 'viewer-1',
        VITRINE_WATCH_SECONDS: '30',
        VITRINE_REPORT_TOKEN: token,
        VITRINE_TERMINATION_LOG: `${folder}/last-words`,
      });

      expect(watched.output).toContain('409: The session starts.');
      expect(watched.exitCode).toBe(0);
      expect(gateway.asked).toEqual(Array(3).fill('POST /watches/team/viewer-1 Bearer of-the-pod'));
      expect(watched.output).not.toMatch(/of-the-pod|head\.claims\.signature/);
      expect(readFileSync(`${folder}/last-words`, 'utf8')).toMatch(/^\{"decoded":\{[^\n]*\}\}$/);
    } finally {
      gateway.close();
    }
  });

  test('loads neither the renderer nor the stage', async () => {
    const classes = `${folder}/classes`;
    const watched = await watch([signal, '--seconds', '30'], {
      JAVA_TOOL_OPTIONS: `-Xlog:class+load:file=${classes}`,
    });

    expect(watched.exitCode).toBe(0);
    const loaded = readFileSync(classes, 'utf8');
    expect(loaded).toContain('dev.vitrine.runtime.app.watch.');
    expect(loaded).not.toMatch(/org\.lwjgl|dev\.vitrine\.runtime\.(engine|stage)\.|io\.vertx/);
  });
});

test('a stage that cannot be shown is no picture, and the verdict says why', async () => {
  const runtime = await LocalRuntime.start(8084, ['--stage', 'stages/nowhere.usda']);
  try {
    const watched = await watch([`ws://${serverAddress()}:8084/signal`, '--seconds', '30']);

    expect(watched.exitCode).toBe(1);
    expect(watched.verdict.failed).toMatch(/stage cannot be shown: .*nowhere\.usda/);
    expect(watched.seconds).toBeLessThan(25);
  } finally {
    await runtime.stop();
  }
});

test('where nobody answers it fails within its seconds, with a sentence', async () => {
  const log = `${folder}/nobody`;
  const watched = await watch([`ws://${serverAddress()}:9/signal`, '--seconds', '4'], {
    VITRINE_TERMINATION_LOG: log,
  });

  expect(watched.exitCode).toBe(1);
  expect(watched.verdict.failed).toMatch(/^No picture was seen within \d seconds?\. .*:9\/signal/);
  expect(watched.seconds).toBeLessThan(4 + START_SECONDS);
  expect(JSON.parse(readFileSync(log, 'utf8'))).toEqual(watched.verdict);
});

test('where nobody is heard of at all it fails within its seconds, too', async () => {
  // The veth has no third machine: packets are lost, and nothing is refused.
  const watched = await watch(['ws://10.213.0.77:8080/signal', '--seconds', '4']);

  expect(watched.exitCode).toBe(1);
  expect(watched.verdict.failed).toMatch(/10\.213\.0\.77/);
  expect(watched.seconds).toBeLessThan(4 + START_SECONDS);
});

test('what is missing is named, and is a last word as well', async () => {
  const log = `${folder}/missing`;
  const watched = await watch([], { VITRINE_TERMINATION_LOG: log });

  expect(watched.exitCode).toBe(1);
  expect(watched.verdict.failed).toMatch(/^VITRINE_WATCH_SECONDS is not set; set it/);
  expect(existsSync(log)).toBe(true);
});

/** Grants connections to the third who asks. */
class Gateway {
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly signal: string,
  ) {
    server.on('request', (request, response) => {
      const { method, url, headers } = request;
      this.asked.push(`${method} ${url} ${headers.authorization}`);
      const [status, body] = this.asked.length < 3 ? [409, notYet] : [200, this.grant()];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  static async open(signal: string): Promise<Gateway> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gateway(server, signal);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/watches`;
  }

  close(): void {
    this.server.close();
  }

  private grant(): object {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    return { url: this.signal, token: 'head.claims.signature', iceServers: [], expiresAt };
  }
}
