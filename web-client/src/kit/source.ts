import { gatewaySession, runtime, type MediaAddress, type Source } from '../lib/index.js';
import { StreamType, type DirectConfig, type StreamProps } from './config.js';
import { EventAction, StreamError } from './events.js';

const DEFAULT_SIGNALING_PORT = 49_100;
/** What `backendUrl` ends with; the rest is the gateway's address. */
const STREAMS = /\/streaming\/stream\/?$/;

/**
 * Where the stream comes from that the props ask for.
 *
 * @param page the page's own address: one by https may only dial wss
 * @throws StreamError that names the field, and what to do about it
 */
export function sourceOf({ streamSource, streamConfig }: StreamProps, page: URL): Source {
  if (streamSource !== StreamType.DIRECT) throw refusal(foreign(streamSource));
  const config: DirectConfig = streamConfig;
  if (config.mic === true) {
    throw refusal('mic must be false: no sound goes to the application.');
  }
  const { backendUrl, sessionId, accessToken } = config;
  if (sessionId) return sessionAt(backendUrl, sessionId, accessToken);
  return runtimeAt(config, page);
}

function foreign(streamSource: unknown): string {
  const known = Object.values<unknown>(StreamType).includes(streamSource);
  return known
    ? `streamSource '${String(streamSource)}' is a service of NVIDIA’s, which needs their library. Use 'direct'.`
    : `streamSource must be 'direct', and not ${JSON.stringify(streamSource)}.`;
}

function sessionAt(
  backendUrl: DirectConfig['backendUrl'],
  id: string,
  accessToken: DirectConfig['accessToken'],
): Source {
  if (!backendUrl) {
    throw refusal('sessionId needs backendUrl, such as https://gateway.example/streaming/stream.');
  }
  if (!URL.canParse(backendUrl) || !STREAMS.test(new URL(backendUrl).pathname)) {
    throw refusal(`backendUrl must be an address that ends with /streaming/stream: ${backendUrl}`);
  }
  const url = new URL(backendUrl);
  url.pathname = url.pathname.replace(STREAMS, '/');
  return gatewaySession({
    url,
    id,
    ...(accessToken && { authorization: () => `Bearer ${accessToken}` }),
  });
}

function runtimeAt(config: DirectConfig, page: URL): Source {
  const server = config.signalingServer || config.server;
  if (!server) {
    throw refusal(
      'Say where to connect to: signalingServer of a runtime, or backendUrl and sessionId of a gateway.',
    );
  }
  checkHost('signalingServer', server);
  const port = portIn('signalingPort', config.signalingPort) ?? DEFAULT_SIGNALING_PORT;
  const path = (config.signalingPath ?? '').replace(/^\/*/, '/').replace(/\/*$/, '');
  const scheme = page.protocol === 'https:' ? 'wss' : 'ws';
  const media = mediaIn(config, server);
  return runtime(`${scheme}://${server}:${port}${path}/signal`, media && { media });
}

function mediaIn(
  { mediaServer, mediaPort }: DirectConfig,
  server: string,
): MediaAddress | undefined {
  const port = portIn('mediaPort', mediaPort);
  if (port === undefined) return undefined;
  const host = mediaServer || server;
  checkHost('mediaServer', host);
  return { host: host.replace(/^\[|\]$/g, ''), port };
}

function checkHost(field: string, host: string): void {
  const address = `http://${host}`;
  if (URL.canParse(address) && new URL(address).hostname === host.toLowerCase()) return;
  throw refusal(`${field} must be the name or address of a host alone, and not ${host}.`);
}

function portIn(field: string, port: number | null | undefined): number | undefined {
  if (port === undefined || port === null) return undefined;
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw refusal(
    `${field} must be a whole number from 1 to 65535, and not ${JSON.stringify(port)}.`,
  );
}

function refusal(sentence: string): StreamError {
  return new StreamError(EventAction.START, sentence);
}
