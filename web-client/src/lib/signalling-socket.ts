import { parseSignal, type FromRuntime, type ToRuntime } from './signal.js';

const SUBPROTOCOL = 'vitrine.v1';
/** Offer and candidates that may wait for the socket to open. */
const MAX_WAITING = 64;

export interface SignallingEvents {
  onSignal(signal: FromRuntime): void;
  /** The socket is gone, by whomever; RFC 6455 section 7.4 has the codes below 4000. */
  onClose(code: number): void;
}

/** The WebSocket on which offer and answer are exchanged. Knows no peer connection. */
export class SignallingSocket {
  readonly #socket: WebSocket;
  #waiting: string[] = [];

  /** @param token a connect token; none in local mode. Never in the address, where logs would keep it */
  constructor(url: string, token: string | undefined, events: SignallingEvents) {
    const protocols = token === undefined ? [SUBPROTOCOL] : [SUBPROTOCOL, `vitrine.token.${token}`];
    this.#socket = new WebSocket(url, protocols);
    this.#socket.onopen = () => {
      this.#waiting.forEach((text) => this.#socket.send(text));
      this.#waiting = [];
    };
    this.#socket.onmessage = ({ data }) => {
      const signal = typeof data === 'string' ? parseSignal(data) : undefined;
      if (signal) events.onSignal(signal);
    };
    this.#socket.onclose = ({ code }) => events.onClose(code);
  }

  send(signal: ToRuntime): void {
    const text = JSON.stringify(signal);
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(text);
  }

  close(): void {
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close();
  }
}
