import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigFailure, readConfig } from './read-config';

const local = { server: '127.0.0.1', signalingPort: 8080 };
const stream = { appServer: 'http://apps.example', streamServer: 'https://streams.example/a/b' };

test('the file as it is delivered is right', () => {
  const config = readConfig(readFileSync('public/stream.config.json', 'utf8'));
  expect(config.source).toBe('local');
  expect(config.stages).not.toEqual([]);
});

test.each([
  { source: 'local', local },
  { source: 'local', local: { ...local, mediaPort: null, signalingPath: '/lab/proxy/8080' } },
  { source: 'local', local: { ...local, server: 'Lab.example', mediaPort: 30_001 }, stream },
  { source: 'local', local: { ...local, server: '[::1]' }, stages: [], messages: [] },
  { source: 'stream', stream, stages: [{ name: 'New', url: '' }] },
  { source: 'gfn', gfn: {} },
  { source: 'gfn', gfn: { library: './gfn.js', catalogClientId: 'a', clientId: 'b', cmsId: 7 } },
  { source: 'stream', stream, messages: [{ label: 'L', event_type: 't', payload: {} }] },
])('%j is right', (config) => {
  expect(readConfig(JSON.stringify(config))).toEqual(config);
});

describe('each thing that is wrong is told with its field and what to do', () => {
  test.each<[unknown, string]>([
    [[], 'The file must be an object { … }, and not [].'],
    [{ local }, '"source" is missing.'],
    [
      { source: 'cloud', local },
      '"source" must be one of "local", "stream", "gfn", and not "cloud".',
    ],
    [
      { source: 'local', local, locale: 'de' },
      '"locale" is no field that this front end knows. Take it out, or use one of: source, local, stream, gfn, stages, messages.',
    ],
    [
      { source: 'stream', local },
      '"stream" is missing: "source" is "stream", so say there what to connect to.',
    ],
    [{ source: 'local', local: { signalingPort: 1 } }, '"local.server" is missing.'],
    [{ source: 'local', local: { server: 'lab' } }, '"local.signalingPort" is missing.'],
    [
      { source: 'local', local: { ...local, signalingPort: '8080' } },
      '"local.signalingPort" must be a whole number from 1 to 65535, and not "8080".',
    ],
    [
      { source: 'local', local: { ...local, mediaPort: 65_536 } },
      '"local.mediaPort" must be a whole number from 1 to 65535, and not 65536.',
    ],
    [
      { source: 'local', local: { ...local, server: 'http://lab' } },
      '"local.server" must be the name or address of a host alone, such as 127.0.0.1, without http:// and without a port, and not "http://lab".',
    ],
    [
      { source: 'local', local: { ...local, mediaServer: 'lab:8080' } },
      '"local.mediaServer" must be the name or address of a host alone, such as 127.0.0.1, without http:// and without a port, and not "lab:8080".',
    ],
    [
      { source: 'local', local: { ...local, port: 1 } },
      '"local.port" is no field that this front end knows. Take it out, or use one of: server, signalingPort, mediaPort, mediaServer, signalingPath.',
    ],
    [
      { source: 'stream', stream: { ...stream, appServer: 'apps.example' } },
      '"stream.appServer" must be an address that begins with http:// or https://, and not "apps.example".',
    ],
    [
      { source: 'local', local, stages: [{ name: '', url: 'a' }] },
      '"stages[0].name" must be text that is not empty, and not "".',
    ],
    [
      { source: 'local', local, messages: [{ label: 'a', event_type: 'b', payload: [] }] },
      '"messages[0].payload" must be an object { … }, and not [].',
    ],
  ])('%j', (config, problem) => {
    expect(problemsOf(JSON.stringify(config))).toEqual([problem]);
  });

  test('all at once', () => {
    const config = { sauce: 1, local: { server: 'lab:80' } };
    expect(problemsOf(JSON.stringify(config))).toHaveLength(4);
  });

  test.each(['', '{', '{"source":"local",}'])('a file that is no JSON: %j', (json) => {
    expect(problemsOf(json)).toEqual([expect.stringMatching(/^The file is no JSON: /)]);
  });

  test('and a value that is long is told briefly', () => {
    const [problem] = problemsOf(JSON.stringify({ source: 'x'.repeat(10_000), local }));
    expect(problem!.length).toBeLessThan(200);
  });
});

function problemsOf(json: string): readonly string[] {
  try {
    readConfig(json);
    return [];
  } catch (failure) {
    if (failure instanceof ConfigFailure) return failure.problems;
    throw failure;
  }
}
