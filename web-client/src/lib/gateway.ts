import {
  StreamApi,
  isGone,
  type Authorization,
  type StreamReply,
  type StreamRequest,
} from './api.js';
import { delay, pollDelayMillis } from './backoff.js';
import { StreamFailure } from './failure.js';
import { TabMemory, type Memory } from './memory.js';
import type { Waiting } from './session.js';
import { signallingUrl, type Endpoint, type Source } from './source.js';

export interface GatewayOptions {
  /** The gateway's address, `https://host/` or `https://host/some/prefix/`. */
  readonly url: string | URL;
  /** The app's Kubernetes namespace; the gateway's default one when absent. */
  readonly namespace?: string;
  readonly app: string;
  /** The newest serving one when absent. */
  readonly version?: string;
  /** The class of machine; the app's first when absent. */
  readonly profile?: string;
  /** Values for the app's declared parameters. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** Gives the Authorization header, `Bearer …`; none when absent. */
  readonly authorization?: Authorization;
  /** Where the session's id outlives a reload; the tab's sessionStorage when absent. */
  readonly memory?: Memory;
}

/** A gateway, which makes a session for this tab, or finds the one that it has. */
export function gateway(options: GatewayOptions): Source {
  return new GatewaySource(options);
}

class GatewaySource implements Source {
  readonly #request: StreamRequest;
  readonly #api: StreamApi;
  readonly #memory: Memory;
  readonly #key: string;
  /** Whether this page has heard of its session before: then it is not quietly replaced by another. */
  #known = false;
  /** Whether this page made its session and has not dialled it: then nobody else can want it. */
  #undialled = false;

  constructor(options: GatewayOptions) {
    const { url, namespace, authorization, memory = new TabMemory() } = options;
    const href = new URL(url).href.replace(/\/?$/, '/');
    const base =
      namespace === undefined ? href : `${href}namespaces/${encodeURIComponent(namespace)}/`;
    this.#request = requestOf(options);
    this.#api = new StreamApi(base, authorization);
    this.#memory = memory;
    this.#key = `session.${base}${JSON.stringify(this.#request)}`;
  }

  async endpoint(onWaiting: (waiting: Waiting) => void, abort: AbortSignal): Promise<Endpoint> {
    const askedAt = performance.now();
    const reply = await this.#open(abort);
    this.#memory.remember(this.#key, reply.id);
    this.#known = true;
    const ready = await untilReady(this.#api, { reply, askedAt }, onWaiting, abort);
    this.#undialled = false;
    return endpointOf(ready);
  }

  forget(): void {
    this.#memory.forget(this.#key);
    this.#known = false;
  }

  async release(): Promise<void> {
    const id = this.#memory.recall(this.#key);
    this.forget();
    if (id !== undefined) await this.#api.remove(id);
  }

  abandon(): void {
    if (this.#undialled) this.release().catch(() => undefined);
  }

  async #create(abort: AbortSignal): Promise<StreamReply> {
    const reply = await this.#api.create(this.#request, abort);
    this.#undialled = true;
    return reply;
  }

  async #open(abort: AbortSignal): Promise<StreamReply> {
    const id = this.#memory.recall(this.#key);
    if (id === undefined) return this.#create(abort);
    try {
      return await this.#api.get(id, abort);
    } catch (failure) {
      if (this.#known || !isGone(failure)) throw failure;
      return this.#create(abort);
    }
  }
}

function requestOf({ app, version, profile, arguments: values }: GatewayOptions): StreamRequest {
  return {
    id: app,
    ...(version !== undefined && { version }),
    ...(profile !== undefined && { profile }),
    ...(values && Object.keys(values).length > 0 && { arguments: values }),
  };
}

/**
 * Asks until the session can be dialled.
 *
 * @param first the reply to begin with, and when it was asked for, by performance.now()
 */
export async function untilReady(
  api: StreamApi,
  first: { readonly reply: StreamReply; readonly askedAt: number },
  onWaiting: (waiting: Waiting) => void,
  abort: AbortSignal,
): Promise<StreamReply> {
  let { reply, askedAt } = first;
  for (let asked = 0; !reply.ready; asked++) {
    onWaiting(waitingOf(reply));
    await delay(pollDelayMillis(asked) - (performance.now() - askedAt), abort);
    askedAt = performance.now();
    reply = await api.get(reply.id, abort);
  }
  return reply;
}

function waitingOf({ condition, message, queue }: StreamReply): Waiting {
  return { reason: condition, message, ...(queue && { queue }) };
}

/** @throws StreamFailure where the gateway does not say how to dial */
export function endpointOf({ id, connect }: StreamReply): Endpoint {
  // A gateway tells it to those who may connect, and to nobody else.
  if (!connect) throw new StreamFailure('Forbidden');
  return { ...connect, session: id, url: signallingUrl(connect.url) };
}
