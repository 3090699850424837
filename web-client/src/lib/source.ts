import type { Waiting } from './session.js';

/** Where to dial, good for one attempt. */
export interface Endpoint {
  /** Names the session; a page keeps its resume secret under it. */
  readonly session: string;
  /** The signalling WebSocket. */
  readonly url: string;
  /** Connect token, absent where none is asked for. */
  readonly token?: string;
  readonly iceServers: RTCIceServer[];
  /** Where the media is, besides where the runtime says; absent where that suffices. */
  readonly media?: MediaAddress;
}

/** A UDP port, as the browser reaches it. */
export interface MediaAddress {
  /** A name or an IP address, without brackets. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

export interface RuntimeOptions {
  /** Where the media is, if the runtime cannot know: its port is mapped to another one. */
  readonly media?: MediaAddress;
}

/** Where streams come from: one runtime, or a gateway that makes sessions on demand. */
export interface Source {
  /**
   * A fresh endpoint, as soon as there is something to dial.
   *
   * @param onWaiting told what is waited for, as often as it changes
   * @throws StreamFailure with the reason why there will be none
   */
  endpoint(onWaiting: (waiting: Waiting) => void, abort: AbortSignal): Promise<Endpoint>;

  /** The session is over or no longer wanted here: the next endpoint belongs to another. */
  forget(): void;

  /** Ends the session for good. */
  release(): Promise<void>;

  /** The page goes away: a session that it asked for and has not dialled yet goes with it. */
  abandon(): void;
}

/**
 * A runtime in local mode.
 *
 * @param url of its signalling, `ws://host:8080/signal`; an http address is understood too
 */
export function runtime(url: string | URL, { media }: RuntimeOptions = {}): Source {
  const address = signallingUrl(url);
  const endpoint = { session: address, url: address, iceServers: [], ...(media && { media }) };
  return {
    endpoint: () => Promise.resolve(endpoint),
    forget: () => undefined,
    release: () => Promise.resolve(),
    abandon: () => undefined,
  };
}

/** The WebSocket's address: http becomes ws, https becomes wss. */
export function signallingUrl(url: string | URL): string {
  return new URL(url).href.replace(/^http/, 'ws');
}
