import type { JsonObject } from '../lib/index.js';
import { EventAction, StreamError } from './events.js';

/** A message to the application, as an object. */
export interface CustomMessage {
  readonly event_type: string;
  /** `{}` when absent. */
  readonly payload?: object;
}

/**
 * The message in what a front end says: an object, or the same as JSON.
 *
 * @throws StreamError for anything else
 */
export function messageIn(said: CustomMessage | string): Required<CustomMessage> {
  const message: unknown = typeof said === 'string' ? parsed(said) : said;
  if (!isObject(message) || typeof message['event_type'] !== 'string') {
    throw refusal('A message is an object with an event_type, which is text, and a payload.');
  }
  const { event_type, payload = {} } = message;
  if (!isObject(payload)) throw refusal(`The payload of ${event_type} must be an object.`);
  return { event_type, payload };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StreamError(EventAction.MESSAGE, 'The message is text that is not JSON.', { cause });
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(sentence: string): StreamError {
  return new StreamError(EventAction.MESSAGE, sentence);
}
