import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseErrorBody } from '../src/lib/error-body.js';
import type { InputEvent } from '../src/lib/input-event.js';
import { encodeMessage, goodbye, parseMessage, type ToApp } from '../src/lib/messages.js';
import { parseSignal, type ToRuntime } from '../src/lib/signal.js';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly accepted?: unknown;
}

function cases(file: string): Case[] {
  const path = `../runtime-image/protocol/fixtures/${file}.json`;
  return JSON.parse(readFileSync(path, 'utf8')) as Case[];
}

function fixture(file: string, name: string): unknown {
  const found = cases(file).find((each) => each.name === name);
  if (!found) throw new Error(`${file} has no case "${name}"`);
  return JSON.parse(found.text);
}

describe('what runtime and gateway say is read as Java writes it', () => {
  test.each(cases('signal-from-runtime'))('signal: $name', ({ text, accepted }) => {
    expect(parseSignal(text)).toEqual(accepted);
  });

  test.each(cases('messages-from-runtime'))('message: $name', ({ text, accepted }) => {
    expect(parseMessage(text)).toEqual(accepted);
  });

  test.each(cases('gateway-refusals'))('refusal: $name', ({ text, accepted }) => {
    expect(parseErrorBody(text)).toEqual(accepted ?? {});
  });
});

describe('what the page says is what Java reads', () => {
  const signals: Record<string, ToRuntime> = {
    offer: { type: 'offer', sdp: 'v=0\r\n' },
    'offer that resumes': { type: 'offer', sdp: 'v=0\r\n', resume: 's3cret' },
    candidate: {
      type: 'candidate',
      candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
      sdpMid: '0',
      sdpMLineIndex: 0,
    },
    'end of candidates': { type: 'candidate', candidate: null },
    goodbye: { type: 'goodbye' },
  };
  test.each(Object.entries(signals))('signal: %s', (name, signal) => {
    expect(signal).toEqual(fixture('signal-from-browser', name));
  });

  const inputs: Record<string, InputEvent> = {
    move: { t: 'pointer', kind: 'move', x: 0.25, y: 0.5, button: 0, buttons: 1, mods: 5 },
    wheel: { t: 'wheel', dx: 0.5, dy: -120.5, x: 0.5, y: 0.5, mods: 2 },
    key: { t: 'key', kind: 'down', code: 'KeyF', mods: 0 },
    blur: { t: 'blur' },
  };
  test.each(Object.entries(inputs))('input: %s', (name, input) => {
    expect(input).toEqual(fixture('input-events', name));
  });

  const say = <T extends keyof ToApp>(type: T, payload: ToApp[T]) => encodeMessage(type, payload);
  const messages: Record<string, string> = {
    'open a stage': say('openStageRequest', { url: 'stages/kitchen.usda' }),
    'loading state': say('loadingStateQuery', {}),
    children: say('getChildrenRequest', { prim_path: '/World', filters: ['USDGeom'] }),
    select: say('selectPrimsRequest', { paths: ['/World/Cup', '/World/Plate'] }),
    pickable: say('makePrimsPickable', { paths: ['/World'] }),
    reset: say('resetStage', {}),
    echo: encodeMessage('echoRequest', { words: ['a', { b: null }] }),
    'with an id': encodeMessage('resetStage', {}, '7'),
    'a reply is not waited for': say('vitrine.cancel', { id: '7' }),
    'stay longer': say('vitrine.extend', {}),
    goodbye,
  };
  test.each(Object.entries(messages))('message: %s', (name, text) => {
    expect(JSON.parse(text)).toEqual(fixture('messages-from-page', name));
  });
});
