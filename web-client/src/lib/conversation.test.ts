import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Conversation } from './conversation.js';
import { encodeMessage } from './messages.js';

let sent: unknown[];
let conversation: Conversation;

beforeEach(() => {
  sent = [];
  conversation = new Conversation((text) => sent.push(JSON.parse(text)) > 0);
});

describe('asking', () => {
  test('a request is one message, and its reply is its answer', async () => {
    const answer = conversation.ask('openStageRequest', { url: 'kitchen.usda' });
    const reply = { url: 'kitchen.usda', result: 'success', error: '' };
    conversation.hear(encodeMessage('openedStageResult', reply));
    expect(await answer).toEqual(reply);
    expect(sent).toEqual([
      { event_type: 'openStageRequest', id: '1', payload: { url: 'kitchen.usda' } },
    ]);
  });

  test('replies for children are told apart by their path', async () => {
    const ask = (prim_path: string) =>
      conversation.ask('getChildrenRequest', { prim_path, filters: [] });
    const [world, lamp] = [ask('/World'), ask('/Lamp')];
    for (const prim_path of ['/Lamp', '/World']) {
      conversation.hear(encodeMessage('getChildrenResponse', { prim_path, children: [] }));
    }
    expect((await world).prim_path).toBe('/World');
    expect((await lamp).prim_path).toBe('/Lamp');
  });

  test('one reply answers one request', async () => {
    const first = conversation.ask('resetStage', {});
    const second = conversation.ask('resetStage', {});
    conversation.hear(encodeMessage('resetStageResponse', { result: 'success', error: '' }));
    expect((await first).result).toBe('success');
    conversation.abandon();
    await expect(second).rejects.toMatchObject({ reason: 'ConnectionLost' });
  });

  test('whoever asks to stay longer hears of the new end, or why it stays', async () => {
    const replies = [
      { result: 'success', error: '', secondsLeft: 1842 },
      { result: 'error', error: 'Sessions of this class cannot be extended.' },
    ];
    for (const reply of replies) {
      const answer = conversation.ask('vitrine.extend', {});
      conversation.hear(encodeMessage('vitrine.extended', reply));
      expect(await answer).toEqual(reply);
    }
    expect(sent).toContainEqual({ event_type: 'vitrine.extend', id: '1', payload: {} });
  });

  test('a request without a reply ends in time', async () => {
    vi.useFakeTimers();
    const answer = conversation.ask('loadingStateQuery', {}, { timeoutMillis: 1_000 });
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    await expect(answer).rejects.toThrow('No answer to loadingStateQuery in time.');
    expect(sent).toContainEqual({ event_type: 'vitrine.cancel', payload: { id: '1' } });
  });

  test('replies are told apart by their ids, in whatever order they come', async () => {
    const [first, second] = [
      conversation.ask('addRequest', {}),
      conversation.ask('addRequest', {}),
    ];
    conversation.hear(encodeMessage('addResponse', { sum: 2 }, '2'));
    conversation.hear(encodeMessage('addResponse', { sum: 1 }, '1'));
    expect(await first).toEqual({ sum: 1 });
    expect(await second).toEqual({ sum: 2 });
  });

  test('a failure with an id fails its request, and no other of its type', async () => {
    const [first, second] = [
      conversation.ask('addRequest', {}),
      conversation.ask('addRequest', {}),
    ];
    const failure = { event_type: 'addRequest', message: 'ValueError: no' };
    conversation.hear(encodeMessage('viewerError', failure, '2'));
    conversation.hear(encodeMessage('addResponse', { sum: 1 }, '1'));
    expect(await first).toEqual({ sum: 1 });
    await expect(second).rejects.toThrow('ValueError: no');
  });

  test('a reply to a request that is not waited for any more answers no other', async () => {
    const abandoned = new AbortController();
    const first = conversation.ask('addRequest', {}, { signal: abandoned.signal });
    const second = conversation.ask('addRequest', {});
    abandoned.abort(new Error('changed my mind'));
    await expect(first).rejects.toThrow('changed my mind');
    expect(sent).toContainEqual({ event_type: 'vitrine.cancel', payload: { id: '1' } });
    conversation.hear(encodeMessage('addResponse', { sum: 1 }, '1'));
    conversation.hear(encodeMessage('addResponse', { sum: 2 }, '2'));
    expect(await second).toEqual({ sum: 2 });
  });

  test('what is aborted before it is asked is not asked', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(conversation.ask('addRequest', {}, { signal })).rejects.toThrow('too late');
    expect(sent).toEqual([]);
  });

  test('what is aborted after its answer is not taken back', async () => {
    const later = new AbortController();
    const answer = conversation.ask('addRequest', {}, { signal: later.signal });
    conversation.hear(encodeMessage('addResponse', {}, '1'));
    await answer;
    later.abort();
    expect(sent).toHaveLength(1);
  });

  test("an application's own request is answered by its response", async () => {
    const answer = conversation.ask('echoRequest', { words: ['a'] });
    conversation.hear(encodeMessage('echoResponse', { words: ['a'] }));
    expect(await answer).toEqual({ words: ['a'] });
  });

  test("an application's own reply need not say the path that the request has said", async () => {
    const answer = conversation.ask('paintRequest', { prim_path: '/Lamp' });
    conversation.hear(encodeMessage('paintResponse', { strokes: 1 }));
    expect(await answer).toEqual({ strokes: 1 });
  });

  test('a request whose handler fails fails with its words, and no other does', async () => {
    const paint = conversation.ask('paintRequest', {});
    const echo = conversation.ask('echoRequest', {});
    const message = 'ValueError: no such colour';
    conversation.hear(encodeMessage('viewerError', { event_type: 'paintRequest', message }));
    conversation.hear(encodeMessage('echoResponse', {}));
    await expect(paint).rejects.toMatchObject({
      name: 'RequestFailure',
      eventType: 'paintRequest',
      message,
    });
    expect(await echo).toEqual({});
  });

  test('a failure that no request caused fails none', async () => {
    const echo = conversation.ask('echoRequest', {});
    conversation.hear(encodeMessage('viewerError', { event_type: '', message: 'Too many.' }));
    conversation.hear(encodeMessage('echoResponse', {}));
    expect(await echo).toEqual({});
  });

  test('what is too large is not sent, counted as it is sent', async () => {
    const words = 'ä'.repeat(33_000);
    await expect(conversation.ask('echoRequest', { words })).rejects.toMatchObject({
      reason: 'TooLarge',
    });
    expect(sent).toEqual([]);
  });

  test('without a connection a request fails at once', async () => {
    const alone = new Conversation(() => false);
    await expect(alone.ask('resetStage', {})).rejects.toMatchObject({ reason: 'ConnectionLost' });
  });
});

describe('hearing', () => {
  test('a reply in parts is heard as one message', async () => {
    const answer = conversation.ask('getChildrenRequest', { prim_path: '/', filters: [] });
    const heard = vi.fn();
    conversation.listen(heard);
    const reply = { prim_path: '/', children: [], omitted: 0 };
    const text = encodeMessage('getChildrenResponse', reply, '1');
    for (const [index, data] of [text.slice(0, 20), text.slice(20)].entries()) {
      conversation.hear(encodeMessage('vitrine.chunk', { id: '1', index, count: 2, data }));
    }
    expect(await answer).toEqual(reply);
    expect(heard).toHaveBeenCalledOnce();
  });

  test('everybody hears every message until they stop listening', () => {
    const heard: string[] = [];
    const stop = conversation.listen(({ event_type }) => heard.push(event_type));
    conversation.hear(encodeMessage('myOwnThing', { answer: 42 }));
    stop();
    conversation.hear(encodeMessage('myOwnThing', { answer: 43 }));
    expect(heard).toEqual(['myOwnThing']);
  });

  test.each(['', 'null', '[]', '{', '{"event_type":1,"payload":{}}', '{"event_type":"a"}'])(
    'what is no message is not heard: %s',
    (text) => {
      const heard = vi.fn();
      conversation.listen(heard);
      conversation.hear(text);
      expect(heard).not.toHaveBeenCalled();
    },
  );
});
