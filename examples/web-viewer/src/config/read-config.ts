import {
  address,
  anyObject,
  host,
  list,
  nullable,
  object,
  oneOf,
  optional,
  port,
  required,
  text,
  textOrNumber,
  words,
} from './checks';
import type { Config, LocalSettings, StreamSettings } from './config';

export const CONFIG_FILE = 'stream.config.json';

/** Why the file cannot be used: a sentence for each thing to mend. */
export class ConfigFailure extends Error {
  override readonly name = 'ConfigFailure';

  constructor(readonly problems: readonly string[]) {
    super(problems.join(' '));
  }
}

const local = object({
  server: required(host),
  signalingPort: required(port),
  mediaPort: optional(nullable(port)),
  mediaServer: optional(nullable(host)),
  signalingPath: optional(nullable(text)),
});

const stream = object({ appServer: required(address), streamServer: required(address) });

const config = object({
  source: required(oneOf('local', 'stream', 'gfn')),
  local: optional(local),
  stream: optional(stream),
  gfn: optional(
    object({
      library: optional(nullable(words)),
      catalogClientId: optional(text),
      clientId: optional(text),
      cmsId: optional(textOrNumber),
    }),
  ),
  stages: optional(list(object({ name: required(words), url: required(text) }))),
  messages: optional(
    list(
      object({ label: required(words), event_type: required(words), payload: required(anyObject) }),
    ),
  ),
});

/** What is wrong with the settings of a runtime; nothing when the list is empty. */
export const problemsOfLocal = (settings: LocalSettings) => local(settings, 'local');

/** What is wrong with the addresses of the servers; nothing when the list is empty. */
export const problemsOfStream = (settings: StreamSettings) => stream(settings, 'stream');

/**
 * The config in a file's text.
 *
 * @throws ConfigFailure with all that is wrong with it
 */
export function readConfig(json: string): Config {
  const value = parse(json);
  const problems = config(value, '');
  if (problems.length > 0) throw new ConfigFailure(problems);
  const read = value as Config;
  if (!read[read.source]) {
    throw new ConfigFailure([
      `"${read.source}" is missing: "source" is "${read.source}", so say there what to connect to.`,
    ]);
  }
  return read;
}

/**
 * Reads the file beside the page.
 *
 * @throws ConfigFailure when it is not there, or wrong
 */
export async function fetchConfig(): Promise<Config> {
  const response = await fetch(CONFIG_FILE, { cache: 'no-cache' }).catch(() => undefined);
  if (!response?.ok) {
    const why = response ? `the server answers ${response.status}` : 'the server does not answer';
    throw new ConfigFailure([`It cannot be read: ${why}. It belongs beside index.html.`]);
  }
  return readConfig(await response.text());
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    throw new ConfigFailure([`The file is no JSON: ${why}.`]);
  }
}
