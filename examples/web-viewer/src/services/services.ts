import type { StreamSettings } from '../config/config';

const LIMIT_MILLIS = 15_000;
/** For so long the server may hold its answer back while a session is on its way (RFC 7240). */
const WAIT_SECONDS = 5;

export interface Application {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** What to stream. */
export interface Choice {
  readonly id: string;
  readonly version: string;
  readonly profile: string;
}

/** A session as the server tells of it. */
export interface Session {
  readonly id: string;
  /** Whether it can be connected to. */
  readonly ready: boolean;
  /** What it waits for, in the server's words; may be empty. */
  readonly message: string;
  /** Absent where there is no line, or the server tells none. */
  readonly queue?: QueuePlace;
}

export interface QueuePlace {
  /** 1 is the next one. */
  readonly place: number;
  /** How many stand in that line. */
  readonly of: number;
  /** How long it will take; absent while nobody can say. */
  readonly expectedSeconds?: number;
}

/** A call that failed, with a sentence for the viewer. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  /** What the server answered; absent where it did not. */
  readonly status?: number;

  constructor(sentence: string, options?: ErrorOptions & { readonly status?: number }) {
    super(sentence, options);
    if (options?.status !== undefined) this.status = options.status;
  }

  /** Whether the same call may succeed in a while: nobody answers, or the server is in trouble. */
  get isTemporary(): boolean {
    return this.status === undefined || this.status >= 500;
  }
}

/** The REST API that Kit App Streaming and Vitrine have: applications, and sessions of them. */
export class Services {
  readonly #apps: string;
  readonly #streams: string;
  readonly #origin: string;

  /** @param origin the page's own, which the servers must allow */
  constructor({ appServer, streamServer }: StreamSettings, origin = location.origin) {
    this.#apps = `${withoutSlash(appServer)}/cfg/apps`;
    this.#streams = `${withoutSlash(streamServer)}/streaming/stream`;
    this.#origin = origin;
  }

  /** The address to which sessions are posted. */
  get backendUrl(): string {
    return this.#streams;
  }

  /** Whether both servers are there. @throws ServiceFailure that names the one that is not */
  async check(): Promise<void> {
    await this.#list(this.#apps);
    await this.#list(this.#streams);
  }

  /** @throws ServiceFailure as all calls do */
  async applications(): Promise<Application[]> {
    return (await this.#list(this.#apps)).map(entry);
  }

  async versions(app: string): Promise<string[]> {
    const items = await this.#list(`${this.#apps}/${encodeURIComponent(app)}/versions`);
    return items.map(({ version }) => text(version));
  }

  async profiles(app: string, version: string): Promise<Profile[]> {
    const [id, v] = [app, version].map(encodeURIComponent);
    return (await this.#list(`${this.#apps}/${id}/versions/${v}/profiles`)).map(entry);
  }

  async create(choice: Choice, abort?: AbortSignal): Promise<Session> {
    return this.#session(this.#streams, { method: 'POST', body: JSON.stringify(choice) }, abort);
  }

  /** The session once it can be connected to, or as it stands after a few seconds. */
  async session(id: string, abort?: AbortSignal): Promise<Session> {
    const url = `${this.#streams}/${encodeURIComponent(id)}`;
    return this.#session(url, { headers: { Prefer: `wait=${WAIT_SECONDS}` } }, abort);
  }

  /** Ends a session, whether it is ready or not; one that is gone already is fine. */
  async end(id: string): Promise<void> {
    const body = JSON.stringify({ id });
    try {
      await this.#call(this.#streams, { method: 'DELETE', body, keepalive: true });
    } catch (failure) {
      if (!(failure instanceof ServiceFailure && failure.status === 404)) throw failure;
    }
  }

  async #list(url: string): Promise<Item[]> {
    const body = await this.#json(await this.#call(url), url);
    if (!Array.isArray(body['items'])) throw foreign(url, 200);
    return body['items'].filter(isObject);
  }

  async #session(url: string, init: RequestInit, abort?: AbortSignal): Promise<Session> {
    const response = await this.#call(url, init, abort);
    const body = await this.#json(response, url);
    if (typeof body['id'] !== 'string') throw foreign(url, response.status);
    const status = isObject(body['status']) ? body['status'] : {};
    const queue = placeIn(body['queue']);
    return {
      id: body['id'],
      ready: response.status !== 202,
      message: text(status['message']),
      ...(queue && { queue }),
    };
  }

  async #call(url: string, init: RequestInit = {}, abort?: AbortSignal): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', ...init.headers };
    const signals = [AbortSignal.timeout(LIMIT_MILLIS), ...(abort ? [abort] : [])];
    let response: Response;
    try {
      response = await fetch(url, { ...init, headers, signal: AbortSignal.any(signals) });
    } catch (cause) {
      if (abort?.aborted) throw cause;
      const remedy = `Is the address right, is the server up, and does it allow pages of ${this.#origin} (VITRINE_ORIGINS)?`;
      throw new ServiceFailure(`${url} does not answer. ${remedy}`, { cause });
    }
    if (response.ok) return response;
    const { detail } = await this.#json(response, url).catch(() => ({ detail: undefined }));
    const why = typeof detail === 'string' ? detail : `It answers ${response.status}.`;
    throw new ServiceFailure(`${url}: ${why}`, { status: response.status });
  }

  async #json(response: Response, url: string): Promise<Item> {
    const body: unknown = await response.json().catch(() => undefined);
    if (!isObject(body)) throw foreign(url, response.status);
    return body;
  }
}

type Item = Readonly<Record<string, unknown>>;

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

function foreign(url: string, status: number): ServiceFailure {
  return new ServiceFailure(
    `${url} answers, but not as a server of applications or streams does. Is the address right?`,
    { status },
  );
}

function entry({ id, name, description }: Item): Application & Profile {
  return { id: text(id), name: text(name) || text(id), description: text(description) };
}

function placeIn(queue: unknown): QueuePlace | undefined {
  if (!isObject(queue)) return undefined;
  const { place, of, expectedSeconds } = queue;
  if (typeof place !== 'number' || typeof of !== 'number') return undefined;
  return { place, of, ...(typeof expectedSeconds === 'number' && { expectedSeconds }) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
