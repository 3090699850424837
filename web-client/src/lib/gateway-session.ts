import { StreamApi, type Authorization } from './api.js';
import { endpointOf, untilReady } from './gateway.js';
import type { Waiting } from './session.js';
import type { Endpoint, Source } from './source.js';

export interface GatewaySessionOptions {
  /** The gateway's address, `https://host/` or `https://host/some/prefix/`. */
  readonly url: string | URL;
  /** The `id` in the reply to `POST streaming/stream`. */
  readonly id: string;
  /** Gives the Authorization header, `Bearer …`; none when absent. */
  readonly authorization?: Authorization;
}

/** A session that somebody has made already, by the gateway's REST calls. */
export function gatewaySession(options: GatewaySessionOptions): Source {
  return new GatewaySessionSource(options);
}

class GatewaySessionSource implements Source {
  readonly #api: StreamApi;
  readonly #id: string;

  constructor({ url, id, authorization }: GatewaySessionOptions) {
    this.#api = new StreamApi(url, authorization);
    this.#id = id;
  }

  async endpoint(onWaiting: (waiting: Waiting) => void, abort: AbortSignal): Promise<Endpoint> {
    const askedAt = performance.now();
    const reply = await this.#api.get(this.#id, abort);
    return endpointOf(await untilReady(this.#api, { reply, askedAt }, onWaiting, abort));
  }

  forget(): void {}

  release(): Promise<void> {
    return this.#api.remove(this.#id);
  }

  /** Whoever made the session may want it without this page. */
  abandon(): void {}
}
