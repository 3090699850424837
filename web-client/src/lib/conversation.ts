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
import { RequestFailure } from './request-failure.js';

const REPLY_LIMIT_MILLIS = 30_000;
/** What a runtime reads, in bytes of UTF-8. */
const MOST_BYTES = 65_536;

interface Question {
  readonly type: string;
  answeredBy(message: AppMessage): boolean;
  answer(payload: AppMessage['payload']): void;
  abandon(why: Error): void;
}

/** Talks with the application: says, asks, and hands what it hears to those who listen. */
export class Conversation {
  readonly #sendText: (text: string) => boolean;
  readonly #listeners = new Set<(message: AppMessage) => void>();
  readonly #questions = new Set<Question>();

  /** @param sendText whether the text was taken */
  constructor(sendText: (text: string) => boolean) {
    this.#sendText = sendText;
  }

  /** @throws StreamFailure when there is no connection, or the message is too large */
  say(type: string, payload: object): void {
    const text = encodeMessage(type, payload);
    if (new TextEncoder().encode(text).length > MOST_BYTES) throw new StreamFailure('TooLarge');
    if (!this.#sendText(text)) throw new StreamFailure('ConnectionLost');
  }

  /**
   * Says something and waits for its reply. The vocabulary has no ids, so replies of one type are
   * taken in the order of the requests, those for children by their path.
   */
  ask<T extends string>(
    type: T,
    payload: Payload<T>,
    timeoutMillis: number = REPLY_LIMIT_MILLIS,
  ): Promise<Reply<T>> {
    return new Promise((resolve, reject) => {
      this.say(type, payload);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        this.#questions.delete(question);
        action();
      };
      const question: Question = {
        type,
        answeredBy: (message) =>
          message.event_type === replyTypeOf(type) &&
          (type !== 'getChildrenRequest' || samePath(payload, message.payload)),
        answer: (reply) => settle(() => resolve(reply as unknown as Reply<T>)),
        abandon: (why) => settle(() => reject(why)),
      };
      const timer = setTimeout(
        () => question.abandon(new StreamFailure('Timeout', `No answer to ${type} in time.`)),
        timeoutMillis,
      );
      this.#questions.add(question);
    });
  }

  /** @returns a function that stops listening */
  listen(listener: (message: AppMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hear(text: string): void {
    const message = parseMessage(text);
    if (!message) return;
    this.#settle(message);
    this.#listeners.forEach((listener) => listener(message));
  }

  #settle(message: AppMessage): void {
    const { event_type, payload } = message;
    for (const question of this.#questions) {
      if (question.answeredBy(message)) return question.answer(payload);
      if (event_type === 'viewerError' && payload['event_type'] === question.type) {
        const why = stringOr(payload['message'], 'The application could not answer.');
        return question.abandon(new RequestFailure(question.type, why));
      }
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
