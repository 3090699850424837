import { Connection } from './connection.js';
import { Conversation } from './conversation.js';
import { StreamFailure } from './failure.js';
import { bindInput } from './input.js';
import type { InputEvent } from './input-event.js';
import { stringOr, type JsonObject } from './json.js';
import { TabMemory, type Memory } from './memory.js';
import { firstFrame, type AppMessage, type FromApp, type Payload, type Reply } from './messages.js';
import { mayResume } from './reasons.js';
import { initialState, next, type SessionEvent, type SessionState } from './session.js';
import type { Endpoint, Source } from './source.js';
import { VideoBinding } from './video.js';

export interface ConnectOptions {
  /** Shows the stream and hears the input; its picture is expected whole (`object-fit: contain`). */
  readonly video: HTMLVideoElement;
  /** `gateway({…})` or `runtime(…)`. */
  readonly source: Source;
  /** Where the resume secret outlives a reload; the tab's sessionStorage when absent. */
  readonly memory?: Memory;
}

export interface RequestOptions {
  /** How long to wait for the reply; 30 s when absent. Then the request is cancelled as by `signal`. */
  readonly timeoutMillis?: number;
  /** Aborted, the reply is not waited for any more; what an extension has not begun is not done. */
  readonly signal?: AbortSignal;
}

/** Connects, and stays connected until the session ends or {@link Stream.close} is called. */
export function connect(options: ConnectOptions): Stream {
  return new Stream(options);
}

/** One viewer's stream: drives the state machine of session.ts with what really happens. */
export class Stream {
  readonly #source: Source;
  readonly #memory: Memory;
  readonly #video: VideoBinding;
  readonly #conversation = new Conversation((text) => this.#connection?.sendMessage(text) ?? false);
  readonly #stateListeners = new Set<(state: SessionState) => void>();
  readonly #openListeners = new Set<() => void>();
  readonly #lifetime = new AbortController();
  #state: SessionState = initialState;
  #attempt = new AbortController();
  #connection: Connection | undefined;
  #released: Promise<void> | undefined;

  constructor({ video, source, memory = new TabMemory() }: ConnectOptions) {
    this.#source = source;
    this.#memory = memory;
    this.#video = new VideoBinding(video);
    const { signal } = this.#lifetime;
    const stopInput = bindInput(video, (event) => this.#sendInput(event));
    signal.addEventListener('abort', stopInput);
    window.addEventListener('pagehide', () => this.#leave(), { signal });
    window.addEventListener('pageshow', (event) => this.#pageShown(event), { signal });
    this.#conversation.listen((message) => this.#hear(message));
    void this.#open();
  }

  get state(): SessionState {
    return this.#state;
  }

  /**
   * Calls the listener with the present state, and with each one that follows.
   *
   * @returns a function that stops that
   */
  onState(listener: (state: SessionState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state);
    return () => this.#stateListeners.delete(listener);
  }

  /**
   * Calls the listener each time that messages begin to go both ways: with the first connection, and
   * with each one that follows it. The first picture comes later.
   *
   * @returns a function that stops that
   */
  onOpen(listener: () => void): () => void {
    this.#openListeners.add(listener);
    return () => this.#openListeners.delete(listener);
  }

  /**
   * Calls the listener with whatever the application says, of whatever type.
   *
   * @returns a function that stops that
   */
  onAny(listener: (message: AppMessage) => void): () => void {
    return this.#conversation.listen(listener);
  }

  /**
   * Calls the listener with what the application says.
   *
   * @returns a function that stops that
   */
  on<T extends keyof FromApp>(type: T, listener: (payload: FromApp[T]) => void): () => void;
  on(type: string, listener: (payload: JsonObject) => void): () => void;
  on(type: string, listener: (payload: never) => void): () => void {
    return this.#conversation.listen(({ event_type, payload }) => {
      if (event_type === type) listener(payload as never);
    });
  }

  /**
   * Says something to the application.
   *
   * @throws StreamFailure when it is not connected, or the message has more than 64 KiB
   */
  send<T extends string>(type: T, payload: Payload<T>): void {
    this.#conversation.say(type, payload);
  }

  /**
   * Asks the application and gives its reply, a refusal in it included: to `paintRequest` that is
   * `paintResponse`.
   *
   * @throws RequestFailure when nobody there answers such requests, or the handler failed
   * @throws StreamFailure when there is no connection, it breaks, or no reply comes in time
   * @throws the signal's reason when it is aborted
   */
  request<T extends string>(
    type: T,
    payload: Payload<T>,
    options: RequestOptions = {},
  ): Promise<Reply<T>> {
    return this.#conversation.ask(type, payload, options);
  }

  /**
   * Asks to stay beyond the session's longest duration, once a `vitrine.warning` has come whose
   * `extendableSeconds` are more than 0. Gives the seconds until the new end, or why it stays.
   *
   * @throws StreamFailure when there is no connection, it breaks, or no reply comes in time
   */
  extend(): Promise<FromApp['vitrine.extended']> {
    return this.request('vitrine.extend', {});
  }

  /**
   * Ends the session, here and on the server. Called again it says how that went.
   *
   * @throws StreamFailure when the server was not told; the session then ends by its own time limits
   */
  async close(): Promise<void> {
    if (this.#state.kind !== 'ended') {
      this.#connection?.sayGoodbye();
      this.#released = this.#source.release();
      this.#stopped('ClosedByViewer');
    }
    await this.#released;
  }

  async #open(): Promise<void> {
    const attempt = (this.#attempt = new AbortController());
    try {
      const endpoint = await this.#source.endpoint(
        (waiting) => this.#dispatch({ type: 'waiting', waiting }),
        attempt.signal,
      );
      if (attempt.signal.aborted) return;
      this.#dispatch({ type: 'dialling' });
      this.#connection = this.#dial(endpoint);
    } catch (failure) {
      if (attempt.signal.aborted) return;
      if (failure instanceof StreamFailure) this.#stopped(failure.reason, failure.message);
      else this.#stopped('NotStarted', String(failure));
    }
  }

  #dial(endpoint: Endpoint): Connection {
    const key = `resume.${endpoint.session}`;
    return new Connection(endpoint, this.#memory.recall(key), {
      onTrack: (track) => this.#video.show(track, () => this.#firstPictureShown()),
      onOpen: () => this.#openListeners.forEach((listener) => listener()),
      onMessage: (text) => this.#conversation.hear(text),
      onResume: (secret) => this.#memory.remember(key, secret),
      onStopped: (reason, message) => this.#stopped(reason, message),
    });
  }

  #firstPictureShown(): void {
    // Before whatever a listener says to the application: its session starts with this.
    this.#connection?.sendMessage(firstFrame);
    this.#dispatch({ type: 'playing' });
  }

  #hear({ event_type, payload }: AppMessage): void {
    if (event_type !== 'vitrine.ended') return;
    const { reason, message } = payload;
    this.#stopped(stringOr(reason, 'SessionEnded'), stringOr(message, ''));
  }

  #sendInput(event: InputEvent): void {
    const droppable = event.t === 'pointer' && event.kind === 'move';
    this.#connection?.sendInput(JSON.stringify(event), droppable);
  }

  #leave(): void {
    this.#connection?.sayGoodbye();
    this.#source.abandon();
  }

  /** A page that comes back from the browser's cache said goodbye when it went there. */
  #pageShown(event: PageTransitionEvent): void {
    if (event.persisted) this.#stopped('ConnectionLost');
  }

  #stopped(reason: string, message?: string): void {
    const words = message === undefined ? {} : { message };
    this.#dispatch({ type: 'stopped', reason, ...words, jitter: Math.random() });
  }

  #dispatch(event: SessionEvent): void {
    const before = this.#state;
    this.#state = next(before, event);
    if (this.#state === before) return;
    this.#act(this.#state, before);
    this.#stateListeners.forEach((listener) => listener(this.#state));
  }

  #act(state: SessionState, before: SessionState): void {
    switch (state.kind) {
      case 'reconnecting':
        this.#drop();
        setTimeout(() => this.#dispatch({ type: 'retry' }), state.inMillis);
        return;
      case 'connecting':
        if (before.kind === 'reconnecting') void this.#open();
        return;
      case 'ended':
        this.#drop();
        this.#lifetime.abort();
        this.#video.close();
        if (!mayResume(state.reason)) this.#source.forget();
        return;
    }
  }

  #drop(): void {
    this.#attempt.abort();
    this.#connection?.close();
    this.#connection = undefined;
    this.#conversation.abandon();
  }
}
