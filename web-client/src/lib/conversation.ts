import { StreamFailure } from './failure.js';
import {
  encodeMessage,
  parseMessage,
  replyTypes,
  type AppMessage,
  type FromApp,
  type Replies,
  type ToApp,
} from './messages.js';

const REPLY_LIMIT_MILLIS = 30_000;

interface Question {
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

  /** @throws StreamFailure when there is no connection */
  say(type: string, payload: object): void {
    if (!this.#sendText(encodeMessage(type, payload))) throw new StreamFailure('ConnectionLost');
  }

  /**
   * Says something and waits for its reply. The vocabulary has no ids, so replies of one type are
   * taken in the order of the requests, those for children by their path.
   */
  ask<T extends keyof Replies>(
    type: T,
    payload: ToApp[T],
    limitMillis: number = REPLY_LIMIT_MILLIS,
  ): Promise<FromApp[Replies[T]]> {
    return new Promise((resolve, reject) => {
      this.say(type, payload);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        this.#questions.delete(question);
        action();
      };
      const question: Question = {
        answeredBy: (message) =>
          message.event_type === replyTypes[type] && samePath(payload, message.payload),
        answer: (reply) => settle(() => resolve(reply as unknown as FromApp[Replies[T]])),
        abandon: (why) => settle(() => reject(why)),
      };
      const timer = setTimeout(
        () => question.abandon(new StreamFailure('Timeout', `No answer to ${type} in time.`)),
        limitMillis,
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
    for (const question of this.#questions) {
      if (!question.answeredBy(message)) continue;
      question.answer(message.payload);
      break;
    }
    this.#listeners.forEach((listener) => listener(message));
  }

  /** The connection is gone: no question of before will be answered. */
  abandon(): void {
    this.#questions.forEach((question) => question.abandon(new StreamFailure('ConnectionLost')));
  }
}

function samePath(request: object, reply: AppMessage['payload']): boolean {
  return !('prim_path' in request) || request.prim_path === reply['prim_path'];
}
