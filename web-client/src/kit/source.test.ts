import { describe, expect, test } from 'vitest';
import { ScriptedServer } from '../../test/http-server.js';
import type { Endpoint, Source } from '../lib/index.js';
import type { DirectConfig, StreamProps } from './config.js';
import { StreamError } from './events.js';
import { sourceOf } from './source.js';

const PAGE = new URL('http://front.example/');

function source(streamConfig: DirectConfig, page = PAGE): Source {
  return sourceOf({ streamSource: 'direct', streamConfig }, page);
}

function endpoint(of: Source): Promise<Endpoint> {
  return of.endpoint(() => undefined, new AbortController().signal);
}

describe('a runtime in local mode', () => {
  test.each<[DirectConfig, string]>([
    [{ signalingServer: '127.0.0.1' }, 'ws://127.0.0.1:49100/signal'],
    [{ server: 'lab.example', signalingPort: 8080 }, 'ws://lab.example:8080/signal'],
    [{ signalingServer: '[::1]', signalingPort: 1 }, 'ws://[::1]:1/signal'],
    [
      { signalingServer: 'lab', signalingPath: 'lab/proxy/8080/' },
      'ws://lab:49100/lab/proxy/8080/signal',
    ],
    [{ signalingServer: 'lab', signalingPath: '/' }, 'ws://lab:49100/signal'],
  ])('%j is dialled at %s', async (config, url) => {
    expect(await endpoint(source(config))).toEqual({ session: url, url, iceServers: [] });
  });

  test('is dialled by wss from a page by https', async () => {
    const secure = source({ signalingServer: 'lab' }, new URL('https://front.example/'));
    expect((await endpoint(secure)).url).toBe('wss://lab:49100/signal');
  });

  test('has its media where the config says, too', async () => {
    const mapped = source({ signalingServer: 'lab', mediaPort: 30_001 });
    expect((await endpoint(mapped)).media).toEqual({ host: 'lab', port: 30_001 });
    const split = source({ signalingServer: 'lab', mediaServer: '10.0.0.7', mediaPort: 30_001 });
    expect((await endpoint(split)).media).toEqual({ host: '10.0.0.7', port: 30_001 });
    const six = source({ signalingServer: '[::1]', mediaServer: '[fd00::1]', mediaPort: 30_001 });
    expect((await endpoint(six)).media).toEqual({ host: 'fd00::1', port: 30_001 });
  });

  // Kit's front ends always name the server, and the port only where there is one.
  test.each([null, 'lab'])(
    'has its media where it says, without mediaPort: %j',
    async (mediaServer) => {
      const plain = source({ signalingServer: 'lab', mediaServer, mediaPort: null });
      expect(await endpoint(plain)).not.toHaveProperty('media');
    },
  );
});

describe('a session of a gateway', () => {
  test('is asked for by its id until it can be dialled, and ended by it', async () => {
    const queue = { place: 2, of: 3 };
    const connect = { url: 'http://gateway.example/signal', token: 't0ken', iceServers: [] };
    await using server = await ScriptedServer.start(
      { status: 202, body: { id: 'default.s', status: { condition: 'Queued' }, queue } },
      { status: 200, body: { id: 'default.s', status: { condition: 'ready' }, connect } },
      { status: 200 },
    );
    const session = source({
      backendUrl: `${server.url}some/path/streaming/stream`,
      sessionId: 'default.s',
      accessToken: 'secret',
      signalingServer: 'without.effect',
    });
    const waited: unknown[] = [];
    const found = await session.endpoint((now) => waited.push(now), new AbortController().signal);
    expect(waited).toEqual([{ reason: 'Queued', message: '', queue }]);
    expect(found).toEqual({ ...connect, session: 'default.s', url: 'ws://gateway.example/signal' });
    await session.release();
    const path = '/some/path/streaming/stream';
    expect(server.calls).toMatchObject([
      { method: 'GET', path: `${path}/default.s`, authorization: 'Bearer secret' },
      { method: 'GET', path: `${path}/default.s` },
      { method: 'DELETE', path, body: '{"id":"default.s"}' },
    ]);
  });

  test('that has ended fails with the words of the gateway', async () => {
    const detail = 'The session has ended. Nobody came.';
    await using server = await ScriptedServer.start({
      status: 404,
      body: { detail, reason: 'ConnectTimeout' },
    });
    const backendUrl = `${server.url}streaming/stream`;
    await expect(endpoint(source({ backendUrl, sessionId: 'gone' }))).rejects.toMatchObject({
      reason: 'ConnectTimeout',
      message: detail,
    });
  });
});

describe('what is missing or wrong is told with its field', () => {
  test.each<[DirectConfig, RegExp]>([
    [{}, /^Say where to connect to: signalingServer/],
    [{ backendUrl: 'http://gateway.example/streaming/stream' }, /^Say where to connect to/],
    [{ sessionId: 'default.s' }, /^sessionId needs backendUrl/],
    [{ sessionId: 's', backendUrl: 'gateway' }, /^backendUrl must be an address .*: gateway$/],
    [{ sessionId: 's', backendUrl: 'http://gateway.example/' }, /ends with \/streaming\/stream/],
    [{ signalingServer: 'http://lab' }, /^signalingServer must be the name .* and not http:/],
    [{ signalingServer: 'lab/x' }, /^signalingServer must be the name/],
    [{ signalingServer: 'user@lab' }, /^signalingServer must be the name/],
    [{ signalingServer: 'lab', signalingPort: 0 }, /^signalingPort must be a whole number/],
    [{ signalingServer: 'lab', mediaPort: 65_536 }, /^mediaPort must be a whole number/],
    [{ signalingServer: 'lab:8080' }, /^signalingServer must be the name/],
    ...['http://media', 'a b', 'media:1', 'fd00::1'].map((mediaServer): [DirectConfig, RegExp] => [
      { signalingServer: 'lab', mediaServer, mediaPort: 1 },
      /^mediaServer must be the name or address of a host alone, and not /,
    ]),
    [{ signalingServer: 'lab', mic: true }, /^mic must be false/],
  ])('%j', (config, words) => {
    expect(() => source(config)).toThrow(words);
    expect(() => source(config)).toThrow(StreamError);
  });

  test.each([
    ['gfn', /'gfn' is a service of NVIDIA’s/],
    ['nvcf', /'nvcf' is a service of NVIDIA’s/],
    [undefined, /^streamSource must be 'direct', and not undefined\.$/],
    ['cloud', /^streamSource must be 'direct', and not "cloud"\.$/],
  ])('streamSource %s', (streamSource, words) => {
    const props = { streamSource, streamConfig: { signalingServer: 'lab' } } as StreamProps;
    expect(() => sourceOf(props, PAGE)).toThrow(words);
  });
});
