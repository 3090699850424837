import { expect, test } from 'vitest';
import { parseSignal } from './signal.js';

test.each([
  { type: 'answer', sdp: 'v=0', resume: 'secret' },
  { type: 'candidate', candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 },
  { type: 'candidate', candidate: null },
  { type: 'bye', reason: 'Replaced', message: 'Opened elsewhere.' },
  { type: 'error', code: 'SessionInUse', message: 'Taken.' },
])('understands %o', (signal) => {
  expect(parseSignal(JSON.stringify(signal))).toEqual(signal);
});

test.each(['', 'null', '7', '[]', '{}', '{"type":"offer","sdp":"v=0"}', '{"type":"answer"}'])(
  'is not confused by %s',
  (text) => {
    expect(parseSignal(text)).toBeUndefined();
  },
);

test('survives any mutilation of a frame', () => {
  const frame = JSON.stringify({ type: 'answer', sdp: 'v=0\r\n', resume: 'r' });
  for (let cut = 0; cut < frame.length; cut++) {
    for (const junk of ['', '"', '{', '\u0000', '1']) {
      expect(() => parseSignal(frame.slice(0, cut) + junk + frame.slice(cut + 1))).not.toThrow();
    }
  }
});
