import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ServiceFailure, Services } from './services';

let server: Server;
let services: Services;
let url: string;
let asked: string[];
let answers: [number, unknown][];

beforeEach(async () => {
  asked = [];
  answers = [];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const prefer = request.headers.prefer ? ` prefer ${String(request.headers.prefer)}` : '';
      asked.push(`${request.method} ${request.url}${prefer}${body && ` ${body}`}`);
      const [status, answer] = answers.shift() ?? [599, {}];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  services = new Services({ appServer: `${url}/apps/`, streamServer: url }, 'http://front.example');
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

describe('the choice', () => {
  test('is of applications, their versions, and the profiles of one', async () => {
    answers = [
      [200, { items: [{ id: 'usd-viewer', name: 'USD viewer', description: 'd', tags: [] }] }],
      [200, { items: [{ version: '1.0.0' }, { version: '1.1.0' }] }],
      [200, { items: [{ id: 'cpu', name: '', description: null }] }],
    ];
    expect(await services.applications()).toEqual([
      { id: 'usd-viewer', name: 'USD viewer', description: 'd' },
    ]);
    expect(await services.versions('usd-viewer')).toEqual(['1.0.0', '1.1.0']);
    expect(await services.profiles('usd-viewer', '1/0')).toEqual([
      { id: 'cpu', name: 'cpu', description: '' },
    ]);
    expect(asked).toEqual([
      'GET /apps/cfg/apps',
      'GET /apps/cfg/apps/usd-viewer/versions',
      'GET /apps/cfg/apps/usd-viewer/versions/1%2F0/profiles',
    ]);
  });

  test('is checked on both servers before', async () => {
    answers = [
      [200, { items: [] }],
      [200, { items: [] }],
    ];
    await services.check();
    expect(asked).toEqual(['GET /apps/cfg/apps', 'GET /streaming/stream']);
  });
});

describe('a session', () => {
  const choice = { id: 'usd-viewer', version: '1.0.0', profile: 'cpu' };

  test('is made, waits in line, is ready, and is ended', async () => {
    const status = { condition: 'Queued', message: 'All places are taken.', status: false };
    answers = [
      [202, { id: 'default.s', status, queue: { place: 2, of: 3, expectedSeconds: 20 } }],
      [200, { id: 'default.s', status: { condition: 'ready' } }],
      [200, ''],
    ];
    expect(await services.create(choice)).toEqual({
      id: 'default.s',
      ready: false,
      message: 'All places are taken.',
      queue: { place: 2, of: 3, expectedSeconds: 20 },
    });
    expect(await services.session('default.s')).toEqual({
      id: 'default.s',
      ready: true,
      message: '',
    });
    await services.end('default.s');
    expect(asked).toEqual([
      `POST /streaming/stream ${JSON.stringify(choice)}`,
      'GET /streaming/stream/default.s prefer wait=5',
      'DELETE /streaming/stream {"id":"default.s"}',
    ]);
  });

  test('that is gone is ended', async () => {
    answers = [[404, { detail: 'The session has ended.' }]];
    await services.end('default.s');
    answers = [[403, { detail: 'No.' }]];
    await expect(services.end('default.s')).rejects.toThrow(/: No\.$/);
  });

  test('is connected to by the address that it was posted to', () => {
    expect(services.backendUrl).toBe(`${url}/streaming/stream`);
  });
});

describe('a call that fails says why', () => {
  test('in the words of the server', async () => {
    answers = [[404, { detail: 'There is no app nothing.' }]];
    await expect(services.versions('nothing')).rejects.toThrow(/: There is no app nothing\.$/);
  });

  test('and whether it may go better in a while', async () => {
    answers = [
      [503, { detail: 'Not now.' }],
      [404, {}],
    ];
    await expect(services.session('s')).rejects.toMatchObject({ isTemporary: true });
    await expect(services.session('s')).rejects.toMatchObject({ isTemporary: false });
  });

  test('by its status where the server has no words', async () => {
    answers = [[500, '<html>']];
    await expect(services.applications()).rejects.toThrow(/cfg\/apps: It answers 500\.$/);
  });

  test.each([{}, { items: 7 }, [], '<html>'])('of a server of another kind: %j', async (body) => {
    answers = [[200, body]];
    await expect(services.applications()).rejects.toThrow(/answers, but not as a server of/);
  });

  test('with the address and the origin, where nobody answers', async () => {
    const servers = { appServer: 'http://127.0.0.1:1', streamServer: url };
    const nobody = new Services(servers, 'http://front.example');
    await expect(nobody.check()).rejects.toThrow(ServiceFailure);
    await expect(nobody.check()).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/cfg\/apps does not answer\. .*http:\/\/front\.example/,
    );
  });
});
