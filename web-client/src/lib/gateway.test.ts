import { describe, expect, test } from 'vitest';
import { ScriptedServer, type Answer } from '../../test/http-server.js';
import { gateway, type GatewayOptions } from './gateway.js';
import type { Memory } from './memory.js';
import type { Waiting } from './session.js';
import type { Source } from './source.js';

const connect = {
  url: 'wss://gateway.example/signal/shop/s-1',
  token: 'a.b.c',
  iceServers: [{ urls: ['turn:turn.example'], username: 'u', credential: 'c' }],
};
const ready: Answer = {
  status: 200,
  body: {
    id: 'shop.s-1',
    routes: {},
    status: { condition: 'ready', message: '', status: true },
    connect,
  },
};
const detail = 'The session has ended. Nothing happened for 900 s.';
const over = (reason: string): Answer => ({ status: 404, body: { detail, reason } });
const none: Answer = { status: 404, body: { detail: 'There is no session "shop.s-1".' } };

function pending(message: string, queue?: unknown): Answer {
  const status = { condition: 'Queued', message, status: false };
  return { status: 202, body: { id: 'shop.s-1', routes: {}, status, queue } };
}

class NodeMemory implements Memory {
  readonly kept = new Map<string, string>();
  recall = (key: string) => this.kept.get(key);
  remember = (key: string, value: string) => void this.kept.set(key, value);
  forget = (key: string) => void this.kept.delete(key);
}

function sourceAt(server: ScriptedServer, options: Partial<GatewayOptions> = {}): Source {
  const memory = new NodeMemory();
  return gateway({ url: server.url, namespace: 'shop', app: 'usd-viewer', memory, ...options });
}

async function endpointOf(source: Source, waitings: Waiting[] = []) {
  return source.endpoint((waiting) => waitings.push(waiting), new AbortController().signal);
}

describe('asking for a session', () => {
  test('a session that is ready at once is dialled where the reply says', async () => {
    await using server = await ScriptedServer.start(ready);
    expect(await endpointOf(sourceAt(server))).toEqual({ session: 'shop.s-1', ...connect });
    expect(server.calls).toEqual([
      {
        method: 'POST',
        path: '/namespaces/shop/streaming/stream',
        body: '{"id":"usd-viewer"}',
        authorization: undefined,
      },
    ]);
  });

  test('profile, version, arguments and authorization go along', async () => {
    await using server = await ScriptedServer.start(ready);
    const source = sourceAt(server, {
      profile: 'gpu',
      version: '1.2.0',
      arguments: { stage: 'kitchen.usda' },
      authorization: () => 'Bearer secret',
    });
    await endpointOf(source);
    expect(server.calls[0]?.authorization).toBe('Bearer secret');
    expect(JSON.parse(server.calls[0]?.body ?? '')).toEqual({
      id: 'usd-viewer',
      version: '1.2.0',
      profile: 'gpu',
      arguments: { stage: 'kitchen.usda' },
    });
  });

  test('without a namespace the calls go to the gateway’s root, behind any prefix', async () => {
    await using server = await ScriptedServer.start(ready);
    const memory = new NodeMemory();
    await endpointOf(gateway({ url: `${server.url}proxy/8080`, app: 'usd-viewer', memory }));
    expect(server.calls[0]?.path).toBe('/proxy/8080/streaming/stream');
  });

  test('a session that is not ready is asked for again, and says what it waits for', async () => {
    await using server = await ScriptedServer.start(
      pending('No pod yet.', { place: 2, of: 12, expectedSeconds: 120 }),
      pending('No pod yet.', { place: 1, of: 11 }),
      pending('Soon.'),
      ready,
    );
    const waitings: Waiting[] = [];
    await endpointOf(sourceAt(server), waitings);
    expect(waitings).toEqual([
      {
        reason: 'Queued',
        message: 'No pod yet.',
        queue: { place: 2, of: 12, expectedSeconds: 120 },
      },
      { reason: 'Queued', message: 'No pod yet.', queue: { place: 1, of: 11 } },
      { reason: 'Queued', message: 'Soon.' },
    ]);
    expect(server.calls.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(3).fill('GET /namespaces/shop/streaming/stream/shop.s-1'),
    );
  });

  test.each([7, [], {}, { place: '2', of: 12 }, { place: 2 }])(
    'a place that makes no sense is none: %j',
    async (queue) => {
      await using server = await ScriptedServer.start(pending('No pod yet.', queue), ready);
      const waitings: Waiting[] = [];
      await endpointOf(sourceAt(server), waitings);
      expect(waitings).toEqual([{ reason: 'Queued', message: 'No pod yet.' }]);
    },
  );

  test('nobody asks on for a page that has given up', async () => {
    await using server = await ScriptedServer.start(pending('No pod yet.'));
    const abort = new AbortController();
    const endpoint = sourceAt(server).endpoint(() => abort.abort(new Error('left')), abort.signal);
    await expect(endpoint).rejects.toThrow('left');
    expect(server.calls).toHaveLength(1);
  });
});

describe('a session of before', () => {
  test('a reload finds it again, with a fresh token', async () => {
    await using server = await ScriptedServer.start(ready, ready);
    const memory = new NodeMemory();
    await endpointOf(sourceAt(server, { memory }));
    await endpointOf(sourceAt(server, { memory }));
    expect(server.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  test.each([
    ['has ended', over('IdleTimeout')],
    ['is gone', none],
  ])('a reload when it %s gets a new one', async (_how, answer) => {
    await using server = await ScriptedServer.start(ready, answer, ready);
    const memory = new NodeMemory();
    await endpointOf(sourceAt(server, { memory }));
    await endpointOf(sourceAt(server, { memory }));
    expect(server.calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
  });

  test.each([
    ['ends', over('IdleTimeout'), { reason: 'IdleTimeout', message: detail }],
    ['ends for a reason of a newer gateway', over('Tired'), { reason: 'NoSession' }],
    ['goes', none, { reason: 'NoSession', message: 'There is no session "shop.s-1".' }],
  ])('a page whose session %s under its hands is told so', async (_how, answer, failure) => {
    await using server = await ScriptedServer.start(ready, answer);
    const source = sourceAt(server);
    await endpointOf(source);
    await expect(endpointOf(source)).rejects.toMatchObject(failure);
  });

  test('a page whose session ends while it waits is told why', async () => {
    await using server = await ScriptedServer.start(pending('No pod yet.'), over('QueueTimeout'));
    await expect(endpointOf(sourceAt(server))).rejects.toMatchObject({
      reason: 'QueueTimeout',
      message: detail,
    });
  });

  test('a page whose session ends while it cannot ask is told why, and not put in line anew', async () => {
    const away: Answer = { status: 503, body: { detail: 'Try again.' } };
    await using server = await ScriptedServer.start(
      pending('No pod yet.'),
      away,
      over('QueueTimeout'),
    );
    const source = sourceAt(server);
    await expect(endpointOf(source)).rejects.toMatchObject({ reason: 'Unreachable' });
    await expect(endpointOf(source)).rejects.toMatchObject({ reason: 'QueueTimeout' });
    expect(server.calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
  });

  test('a session that ends as soon as it is made is not an app that cannot be started', async () => {
    await using server = await ScriptedServer.start(over('Rejected'));
    await expect(endpointOf(sourceAt(server))).rejects.toMatchObject({ reason: 'Rejected' });
  });

  test('another class or argument is another session', async () => {
    await using server = await ScriptedServer.start(ready, ready);
    const memory = new NodeMemory();
    await endpointOf(sourceAt(server, { memory }));
    await endpointOf(sourceAt(server, { memory, arguments: { stage: 'other.usda' } }));
    expect(server.calls.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  test('a released session is deleted and forgotten', async () => {
    await using server = await ScriptedServer.start(ready, { status: 204 });
    const memory = new NodeMemory();
    const source = sourceAt(server, { memory });
    await endpointOf(source);
    await source.release();
    expect(server.calls[1]).toMatchObject({ method: 'DELETE', body: '{"id":"shop.s-1"}' });
    expect(memory.kept.size).toBe(0);
  });

  test('a session that is still waited for goes with its page, one that was dialled does not', async () => {
    await using server = await ScriptedServer.start(pending('Starting'), { status: 204 });
    const source = sourceAt(server);
    const page = new AbortController();
    const waiting = source.endpoint(() => {
      page.abort();
      source.abandon();
    }, page.signal);
    await expect(waiting).rejects.toThrow();
    await expect.poll(() => server.calls.at(-1)?.method).toBe('DELETE');

    await using other = await ScriptedServer.start(ready);
    const dialled = sourceAt(other);
    await endpointOf(dialled);
    dialled.abandon();
    expect(other.calls).toHaveLength(1);
  });

  test.each([
    ['has ended', over('ClosedByApi')],
    ['is gone', none],
  ])('releasing one that %s is fine, and so is releasing none', async (_how, answer) => {
    await using server = await ScriptedServer.start(ready, answer);
    const source = sourceAt(server);
    await endpointOf(source);
    await source.release();
    await source.release();
    expect(server.calls).toHaveLength(2);
  });
});

describe('refusals', () => {
  test.each([
    [401, 'SignInRequired'],
    [403, 'Forbidden'],
    [404, 'NotStarted'],
    [409, 'NotStarted'],
    [422, 'NotStarted'],
    [429, 'NotReady'],
    [503, 'Unreachable'],
  ])('status %i is %s, with the detail as its message', async (status, reason) => {
    await using server = await ScriptedServer.start({ status, body: { detail: 'Not this one.' } });
    const refused = endpointOf(sourceAt(server));
    await expect(refused).rejects.toMatchObject({ reason, message: 'Not this one.' });
  });

  test('the sentences of a validation error are put together', async () => {
    const detail = [
      { loc: ['body', 'id'], msg: 'The id is missing.' },
      { msg: 'The profile is unknown.' },
    ];
    await using server = await ScriptedServer.start({ status: 422, body: { detail } });
    const refused = endpointOf(sourceAt(server));
    await expect(refused).rejects.toThrow('The id is missing. The profile is unknown.');
  });

  test.each(['', '<html>502</html>', '[]', '{"status":{}}'])(
    'a reply that is not a gateway’s is named: %s',
    async (body) => {
      await using server = await ScriptedServer.start({ status: 200, body });
      const refused = endpointOf(sourceAt(server));
      await expect(refused).rejects.toThrow('The server’s reply is not that of a Vitrine gateway.');
    },
  );

  test('a session that is ready, but not for this viewer, is forbidden', async () => {
    await using server = await ScriptedServer.start({ status: 200, body: { id: 'shop.s-1' } });
    await expect(endpointOf(sourceAt(server))).rejects.toMatchObject({ reason: 'Forbidden' });
  });

  test('a server that is not there is unreachable', async () => {
    const server = await ScriptedServer.start();
    const source = sourceAt(server);
    await server[Symbol.asyncDispose]();
    await expect(endpointOf(source)).rejects.toMatchObject({
      reason: 'Unreachable',
      message: 'The server cannot be reached.',
    });
  });
});
