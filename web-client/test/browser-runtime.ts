import type { Browser, Page } from 'playwright-core';
import type { WebSocket } from 'ws';
import type { InputEvent } from '../src/lib/input-event.js';
import { encodeMessage } from '../src/lib/messages.js';
import type { FromRuntime, ToRuntime } from '../src/lib/signal.js';

interface RuntimeWindow extends Window {
  hear(channel: string, text: string): void;
  peer: RTCPeerConnection;
  messages: RTCDataChannel | undefined;
}

/** The other end of a stream, real but for its renderer: a canvas in a second page of the browser. */
export class BrowserRuntime implements AsyncDisposable {
  readonly offers: Extract<ToRuntime, { type: 'offer' }>[] = [];
  readonly inputs: InputEvent[] = [];
  readonly messages: { event_type: string; payload: unknown }[] = [];
  goodbyes = 0;
  #socket: WebSocket | undefined;
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async start(browser: Browser): Promise<BrowserRuntime> {
    const runtime = new BrowserRuntime(await browser.newPage());
    await runtime.#page.exposeFunction('hear', (channel: string, text: string) =>
      runtime.#hear(channel, text),
    );
    return runtime;
  }

  /** Takes a page's signalling socket. */
  serve(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('message', (data) => void this.#receive(JSON.parse(String(data)) as ToRuntime));
  }

  signal(signal: FromRuntime): void {
    this.#socket?.send(JSON.stringify(signal));
  }

  async say(event_type: string, payload: object): Promise<void> {
    await this.#page.evaluate(
      (text) => {
        (window as unknown as RuntimeWindow).messages?.send(text);
      },
      encodeMessage(event_type, payload),
    );
  }

  /** Closes the signalling socket and leaves the stream alone. */
  async closeSocket(): Promise<void> {
    const socket = this.#socket;
    if (!socket) return;
    await new Promise((closed) => socket.once('close', closed).close(1001));
  }

  /** Ends the connection as a runtime does that goes away. */
  async hangUp(): Promise<void> {
    this.#socket?.close();
    await this.#page.evaluate(() => (window as unknown as RuntimeWindow).peer.close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#page.close();
  }

  async #receive(signal: ToRuntime): Promise<void> {
    switch (signal.type) {
      case 'offer':
        this.offers.push(signal);
        this.signal({ type: 'answer', sdp: await this.#answer(signal.sdp), resume: 's3cret' });
        return;
      case 'candidate':
        if (signal.candidate === null) return;
        await this.#page.evaluate(({ candidate, sdpMid }) => {
          const { peer } = window as unknown as RuntimeWindow;
          return peer.addIceCandidate({ candidate: candidate ?? '', sdpMid: sdpMid ?? null });
        }, signal);
        return;
      case 'goodbye':
        this.goodbyes++;
        return;
    }
  }

  #answer(sdp: string): Promise<string> {
    return this.#page.evaluate(async (offer) => {
      const runtime = window as unknown as RuntimeWindow;
      const peer = (runtime.peer = new RTCPeerConnection());
      peer.ondatachannel = ({ channel }) => {
        if (channel.label === 'messages') runtime.messages = channel;
        channel.onmessage = ({ data }) => runtime.hear(channel.label, String(data));
      };
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
      const context = canvas.getContext('2d');
      let turn = 0;
      setInterval(() => {
        if (!context) return;
        turn += 2;
        const sky = context.createLinearGradient(0, 0, 0, 180);
        sky.addColorStop(0, `hsl(${turn % 360} 35% 70%)`);
        sky.addColorStop(1, '#2b3a39');
        context.fillStyle = sky;
        context.fillRect(0, 0, 320, 180);
      }, 66);
      canvas
        .captureStream(15)
        .getVideoTracks()
        .forEach((track) => peer.addTrack(track));
      await peer.setLocalDescription();
      await new Promise<void>((done) => {
        const look = () => peer.iceGatheringState === 'complete' && done();
        peer.addEventListener('icegatheringstatechange', look);
        look();
      });
      return peer.localDescription?.sdp ?? '';
    }, sdp);
  }

  #hear(channel: string, text: string): void {
    if (channel === 'input') this.inputs.push(JSON.parse(text) as InputEvent);
    else this.messages.push(JSON.parse(text) as BrowserRuntime['messages'][number]);
  }
}
