import { StreamFailure } from './failure.js';
import { goodbye } from './messages.js';
import { Peer } from './peer.js';
import { reasonOfClose } from './reasons.js';
import type { Candidate, FromRuntime } from './signal.js';
import { SignallingSocket } from './signalling-socket.js';
import type { Endpoint } from './source.js';

/** From dialling to connected; a runtime waits 10 s for the offer alone. */
const SETUP_LIMIT_MILLIS = 15_000;

export interface ConnectionEvents {
  onTrack(track: MediaStreamTrack): void;
  /** Messages go both ways from now on. */
  onOpen(): void;
  onMessage(text: string): void;
  /** The secret with which this page, and no other, may replace the connection. */
  onResume(secret: string): void;
  /** Happens once; nothing follows it. */
  onStopped(reason: string, message?: string): void;
}

/** One attempt: a signalling socket and a peer connection, introduced to each other. */
export class Connection {
  readonly #socket: SignallingSocket;
  readonly #peer: Peer;
  readonly #events: ConnectionEvents;
  readonly #media: Endpoint['media'];
  readonly #setup: ReturnType<typeof setTimeout>;
  #answered = false;
  #connected = false;
  #closed = false;

  constructor(endpoint: Endpoint, resume: string | undefined, events: ConnectionEvents) {
    this.#events = events;
    this.#media = endpoint.media;
    this.#peer = openPeer(endpoint.iceServers, {
      onCandidate: (candidate) => this.#socket.send(candidate),
      onTrack: events.onTrack,
      onOpen: events.onOpen,
      onMessage: events.onMessage,
      onConnected: () => this.#nowConnected(),
      onLost: () => this.#stop(this.#connected ? 'ConnectionLost' : 'NoMedia'),
    });
    this.#socket = new SignallingSocket(endpoint.url, endpoint.token, {
      onSignal: (signal) => this.#receive(signal),
      onClose: (code) => this.#socketClosed(code),
    });
    this.#setup = setTimeout(
      () => this.#stop(this.#answered ? 'NoMedia' : 'Unreachable'),
      SETUP_LIMIT_MILLIS,
    );
    void this.#offer(resume);
  }

  sendMessage(text: string): boolean {
    return this.#peer.sendMessage(text);
  }

  sendInput(text: string, droppable: boolean): void {
    this.#peer.sendInput(text, droppable);
  }

  /** Tells the runtime, on both roads because either may be closed, that the viewer leaves. */
  sayGoodbye(): void {
    this.#socket.send({ type: 'goodbye' });
    this.#peer.sendMessage(goodbye);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#setup);
    this.#socket.close();
    this.#peer.close();
  }

  async #offer(resume: string | undefined): Promise<void> {
    try {
      const sdp = await this.#peer.offer();
      this.#socket.send({ type: 'offer', sdp, ...(resume !== undefined && { resume }) });
    } catch {
      this.#stop('Unsupported');
    }
  }

  #receive(signal: FromRuntime): void {
    switch (signal.type) {
      case 'answer':
        this.#answered = true;
        this.#events.onResume(signal.resume);
        this.#peer.accept(signal.sdp).catch(() => this.#stop('BadMessage'));
        if (this.#media) this.#receive(candidateAt(this.#media));
        return;
      case 'candidate':
        // One that the browser cannot use costs a path, not the stream.
        this.#peer.addCandidate(signal).catch(() => undefined);
        return;
      case 'bye':
        return this.#stop(signal.reason, signal.message);
      case 'error':
        return this.#stop(signal.code, signal.message);
    }
  }

  #nowConnected(): void {
    this.#connected = true;
    clearTimeout(this.#setup);
  }

  /** Once the peers have met, the socket's end means nothing, unless it says that the session is over. */
  #socketClosed(code: number): void {
    const reason = reasonOfClose(code);
    if (!this.#connected || reason !== 'Unreachable') this.#stop(reason);
  }

  /** What a closed peer still rejects is no news. */
  #stop(reason: string, message?: string): void {
    if (this.#closed) return;
    this.close();
    this.#events.onStopped(reason, message);
  }
}

/** A host candidate (RFC 8839) before all others; with one bundle it belongs to the first line. */
function candidateAt({ host, port }: NonNullable<Endpoint['media']>): Candidate {
  const candidate = `candidate:0 1 udp 2130706431 ${host} ${port} typ host`;
  return { type: 'candidate', candidate, sdpMLineIndex: 0 };
}

function openPeer(...parameters: ConstructorParameters<typeof Peer>): Peer {
  if (typeof RTCPeerConnection === 'undefined') throw new StreamFailure('Unsupported');
  return new Peer(...parameters);
}
