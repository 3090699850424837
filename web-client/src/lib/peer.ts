import type { Candidate } from './signal.js';

/** A connection that is interrupted for longer is given up. */
const DISCONNECTED_LIMIT_MILLIS = 3_000;
/** Above this the network is behind: old pointer positions are worth nothing by the time they arrive. */
const INPUT_BACKLOG_BYTES = 16 * 1024;
const MAX_EARLY_CANDIDATES = 64;
/** Messages that may wait for their channel to open. */
const MAX_EARLY_MESSAGES = 64;

export interface PeerEvents {
  onCandidate(candidate: Candidate): void;
  onTrack(track: MediaStreamTrack): void;
  onConnected(): void;
  /** Messages go both ways from now on. */
  onOpen(): void;
  onMessage(text: string): void;
  /** The other side closed the connection, or it failed. */
  onLost(): void;
}

/** The peer connection: video comes in, messages go both ways, input goes out. Knows no socket. */
export class Peer {
  readonly #connection: RTCPeerConnection;
  readonly #messages: RTCDataChannel;
  readonly #input: RTCDataChannel;
  readonly #events: PeerEvents;
  #early: Candidate[] = [];
  #unsent: string[] = [];
  #disconnected: ReturnType<typeof setTimeout> | undefined;

  constructor(iceServers: RTCIceServer[], events: PeerEvents) {
    this.#events = events;
    this.#connection = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
    this.#messages = this.#connection.createDataChannel('messages');
    this.#input = this.#connection.createDataChannel('input');
    const { receiver } = this.#connection.addTransceiver('video', { direction: 'recvonly' });
    // Interaction before smoothness: show a picture as soon as it is there.
    if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;

    this.#messages.onopen = () => {
      this.#unsent.splice(0).forEach((text) => this.#messages.send(text));
      events.onOpen();
    };
    this.#messages.onmessage = ({ data }) => {
      if (typeof data === 'string') events.onMessage(data);
    };
    this.#messages.onclose = () => events.onLost();
    this.#connection.ontrack = ({ track }) => events.onTrack(track);
    this.#connection.onicecandidate = ({ candidate }) => events.onCandidate(outgoing(candidate));
    this.#connection.onconnectionstatechange = () => this.#connectionChanged();
  }

  /** The offer's SDP (RFC 8829). Candidates follow by `onCandidate`. */
  async offer(): Promise<string> {
    const offer = await this.#connection.createOffer();
    await this.#connection.setLocalDescription(offer);
    return offer.sdp ?? '';
  }

  async accept(sdp: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: 'answer', sdp });
    for (const candidate of this.#early.splice(0)) await this.addCandidate(candidate);
  }

  async addCandidate(candidate: Candidate): Promise<void> {
    if (this.#connection.remoteDescription)
      await this.#connection.addIceCandidate(incoming(candidate));
    else if (this.#early.length < MAX_EARLY_CANDIDATES) this.#early.push(candidate);
  }

  /** Whether the message was taken: sent, or kept until the channel opens. */
  sendMessage(text: string): boolean {
    switch (this.#messages.readyState) {
      case 'open':
        this.#messages.send(text);
        return true;
      case 'connecting':
        return this.#unsent.length < MAX_EARLY_MESSAGES && this.#unsent.push(text) > 0;
      default:
        return false;
    }
  }

  /** @param droppable true for what the next one makes worthless, a pointer's move */
  sendInput(text: string, droppable: boolean): void {
    if (this.#input.readyState !== 'open') return;
    if (droppable && this.#input.bufferedAmount > INPUT_BACKLOG_BYTES) return;
    this.#input.send(text);
  }

  close(): void {
    clearTimeout(this.#disconnected);
    this.#messages.onclose = null;
    this.#connection.onconnectionstatechange = null;
    this.#connection.onicecandidate = null;
    this.#connection.close();
  }

  #connectionChanged(): void {
    clearTimeout(this.#disconnected);
    switch (this.#connection.connectionState) {
      case 'connected':
        return this.#events.onConnected();
      case 'disconnected':
        this.#disconnected = setTimeout(() => this.#events.onLost(), DISCONNECTED_LIMIT_MILLIS);
        return;
      case 'failed':
      case 'closed':
        return this.#events.onLost();
    }
  }
}

function outgoing(found: RTCIceCandidate | null): Candidate {
  if (!found?.candidate) return { type: 'candidate', candidate: null };
  const { candidate, sdpMid, sdpMLineIndex } = found;
  return {
    type: 'candidate',
    candidate,
    ...(sdpMid !== null && { sdpMid }),
    ...(sdpMLineIndex !== null && { sdpMLineIndex }),
  };
}

function incoming({ type: _, candidate, ...line }: Candidate): RTCIceCandidateInit | undefined {
  return candidate === null ? undefined : { candidate, ...line };
}
