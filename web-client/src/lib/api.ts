import { parseErrorBody } from './error-body.js';
import { StreamFailure } from './failure.js';
import { isObject, parseObject, stringOr, type JsonObject } from './json.js';
import { isEndReason, type Reason } from './reasons.js';
import type { QueuePlace } from './session.js';

const REQUEST_LIMIT_MILLIS = 15_000;
/** For so long the gateway may hold its answer back while a session is on its way (RFC 7240 section 4.3). */
const WAIT_SECONDS = 5;

/** What to stream, in the words of the Kit App Streaming API. */
export interface StreamRequest {
  readonly id: string;
  readonly version?: string;
  readonly profile?: string;
  readonly arguments?: Readonly<Record<string, string>>;
}

export interface StreamReply {
  readonly id: string;
  /** Whether it can be dialled (200), or is still to come (202). */
  readonly ready: boolean;
  readonly condition: string;
  readonly message: string;
  readonly queue?: QueuePlace;
  readonly connect?: {
    readonly url: string;
    readonly token?: string;
    readonly iceServers: RTCIceServer[];
  };
}

export type Authorization = () => string | undefined | Promise<string | undefined>;

/** The gateway's `/streaming/stream` calls. Every failure is a StreamFailure with the server's own words. */
export class StreamApi {
  readonly #url: URL;
  readonly #authorization: Authorization;

  /**
   * @param base address below which `streaming/stream` is
   * @param authorization gives the value of the Authorization header, asked before each call
   */
  constructor(base: string | URL, authorization: Authorization = () => undefined) {
    const href = new URL(base).href;
    this.#url = new URL('streaming/stream', href.endsWith('/') ? href : `${href}/`);
    this.#authorization = authorization;
  }

  create(request: StreamRequest, abort?: AbortSignal): Promise<StreamReply> {
    const init = { method: 'POST', body: JSON.stringify(request) };
    return this.#call(this.#url, init, abort).then(streamReply);
  }

  /** The session once it can be dialled, or as it stands after a while, or at once where it stands in line. */
  get(id: string, abort?: AbortSignal): Promise<StreamReply> {
    const url = new URL(`${this.#url.href}/${encodeURIComponent(id)}`);
    const init = { method: 'GET', headers: { Prefer: `wait=${WAIT_SECONDS}` } };
    return this.#call(url, init, abort).then(streamReply);
  }

  /** Ends a session; one that is gone already is fine. */
  async remove(id: string): Promise<void> {
    const request = { method: 'DELETE', body: JSON.stringify({ id }), keepalive: true };
    try {
      await this.#call(this.#url, request);
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
  }

  async #call(url: URL, init: RequestInit, abort?: AbortSignal): Promise<Response> {
    const authorization = await this.#authorization();
    const headers = new Headers(init.headers);
    if (init.body) headers.set('Content-Type', 'application/json');
    if (authorization !== undefined) headers.set('Authorization', authorization);
    const limits = [AbortSignal.timeout(REQUEST_LIMIT_MILLIS), ...(abort ? [abort] : [])];
    let response: Response;
    try {
      response = await fetch(url, { ...init, headers, signal: AbortSignal.any(limits) });
    } catch (cause) {
      throw new StreamFailure('Unreachable', undefined, { cause });
    }
    if (response.ok) return response;
    const { reason, detail } = parseErrorBody(await response.text());
    throw new StreamFailure(reason ?? reasonOfStatus(response.status, init.method), detail);
  }
}

/** Whether a call failed because there is no such session any more. */
export function isGone(failure: unknown): boolean {
  return (
    failure instanceof StreamFailure &&
    (failure.reason === 'NoSession' || isEndReason(failure.reason))
  );
}

function reasonOfStatus(status: number, method?: string): Reason {
  switch (status) {
    case 401:
      return 'SignInRequired';
    case 403:
      return 'Forbidden';
    case 404:
      // What is missing when a session is made is the app.
      return method === 'POST' ? 'NotStarted' : 'NoSession';
    case 408:
    case 429:
      return 'NotReady';
    default:
      return status >= 500 ? 'Unreachable' : 'NotStarted';
  }
}

async function streamReply(response: Response): Promise<StreamReply> {
  const body = parseObject(await response.text());
  const id = body?.['id'];
  if (!body || typeof id !== 'string') {
    throw new StreamFailure('NotStarted', 'The server’s reply is not that of a Vitrine gateway.');
  }
  const status: JsonObject = isObject(body['status']) ? body['status'] : {};
  const queue = queueOf(body['queue']);
  const connect = connectOf(body['connect']);
  return {
    id,
    ready: response.status !== 202,
    condition: stringOr(status['condition'], ''),
    message: stringOr(status['message'], ''),
    ...(queue && { queue }),
    ...(connect && { connect }),
  };
}

function queueOf(value: unknown): QueuePlace | undefined {
  if (!isObject(value)) return undefined;
  const { place, of, expectedSeconds } = value;
  if (typeof place !== 'number' || typeof of !== 'number') return undefined;
  return { place, of, ...(typeof expectedSeconds === 'number' && { expectedSeconds }) };
}

function connectOf(value: unknown): StreamReply['connect'] {
  if (!isObject(value) || typeof value['url'] !== 'string') return undefined;
  const { url, token, iceServers } = value;
  return {
    url,
    ...(typeof token === 'string' && { token }),
    iceServers: Array.isArray(iceServers) ? (iceServers as RTCIceServer[]) : [],
  };
}
