import { StreamFailure } from './failure.js';
import { stringOr } from './json.js';
import {
  encodeMessage,
  parseMessage,
  replyTypeOf,
  type AppMessage,
  type Payload,
  type Reply,
} from './messages.js';
import { Parts } from './parts.js';
import { RequestFailure } from './request-failure.js';

const REPLY_LIMIT_MILLIS = 30_000;
/** What a runtime reads, in bytes of UTF-8. */
const MOST_BYTES = 65_536;

interface Question {
  readonly type: string;
  readonly id: string;
  /** Whether a reply without an id is this one's. */
  recognises(message: AppMessage): boolean;
  answer(payload: AppMessage['payload']): void;
  abandon(why: unknown): void;
}

export interface AskOptions {
  readonly timeoutMillis?: number;
  readonly signal?: AbortSignal;
}

/** Talks with the application: says, asks, and hands what it hears to those who listen. */
export class Conversation {
  readonly #sendText: (text: string) => boolean;
  readonly #listeners = new Set<(message: AppMessage) => void>();
  readonly #questions = new Set<Question>();
  readonly #parts = new Parts();
  #asked = 0;

  /** @param sendText whether the text was taken */
  constructor(sendText: (text: string) => boolean) {
    this.#sendText = sendText;
  }

  /** @throws StreamFailure when there is no connection, or the message is too large */
  say(type: string, payload: object, id?: string): void {
    const text = encodeMessage(type, payload, id);
    if (new TextEncoder().encode(text).length > MOST_BYTES) throw new StreamFailure('TooLarge');
    if (!this.#sendText(text)) throw new StreamFailure('ConnectionLost');
  }

  /**
   * Says something and waits for its reply, which has the request's id. Replies without one, which
   * an extension may say later, are taken in the order of the requests, those for children by path.
   */
  ask<T extends string>(
    type: T,
    payload: Payload<T>,
    { timeoutMillis = REPLY_LIMIT_MILLIS, signal }: AskOptions = {},
  ): Promise<Reply<T>> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = String(++this.#asked);
      this.say(type, payload, id);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.#questions.delete(question);
        action();
      };
      const question: Question = {
        type,
        id,
        recognises: (message) =>
          message.event_type === replyTypeOf(type) &&
          (type !== 'getChildrenRequest' || samePath(payload, message.payload)),
        answer: (reply) => settle(() => resolve(reply as unknown as Reply<T>)),
        abandon: (why) => settle(() => reject(why)),
      };
      const giveUp = (why: unknown) => {
        this.#sendText(encodeMessage('vitrine.cancel', { id }));
        question.abandon(why);
      };
      const abort = () => giveUp(signal?.reason);
      const timer = setTimeout(
        () => giveUp(new StreamFailure('Timeout', `No answer to ${type} in time.`)),
        timeoutMillis,
      );
      signal?.addEventListener('abort', abort);
      this.#questions.add(question);
    });
  }

  /** @returns a function that stops listening */
  listen(listener: (message: AppMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hear(text: string): void {
    const message = this.#whole(parseMessage(text));
    if (!message) return;
    this.#settle(message);
    this.#listeners.forEach((listener) => listener(message));
  }

  #whole(message: AppMessage | undefined): AppMessage | undefined {
    if (message?.event_type !== 'vitrine.chunk') return message;
    const text = this.#parts.add(message.payload);
    return text === undefined ? undefined : parseMessage(text);
  }

  #settle({ event_type, id, payload }: AppMessage): void {
    const failed = event_type === 'viewerError';
    for (const question of this.#questions) {
      const meant =
        id !== undefined
          ? id === question.id
          : failed
            ? payload['event_type'] === question.type
            : question.recognises({ event_type, payload });
      if (!meant) continue;
      if (!failed) return question.answer(payload);
      const why = stringOr(payload['message'], 'The application could not answer.');
      return question.abandon(new RequestFailure(question.type, why));
    }
  }

  /** The connection is gone: no question of before will be answered. */
  abandon(): void {
    this.#questions.forEach((question) => question.abandon(new StreamFailure('ConnectionLost')));
  }
}

function samePath(request: object, reply: AppMessage['payload']): boolean {
  return 'prim_path' in request && request.prim_path === reply['prim_path'];
}
