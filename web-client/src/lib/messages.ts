import type { FromApp, ToApp } from './generated/messages.js';
import { isObject, parseObject, type JsonObject } from './json.js';

export type * from './generated/messages.js';

/** What one message on the `messages` channel says; applications add their own types. */
export interface AppMessage {
  readonly event_type: string;
  /** The request's, in a reply. */
  readonly id?: string;
  readonly payload: JsonObject;
}

/** Which message answers which, where that is not the one with `Response` for `Request`. */
const replyTypes = {
  loadingStateQuery: 'loadingStateResponse',
  openStageRequest: 'openedStageResult',
  setRenderSettingRequest: 'renderSettingsChanged',
  'vitrine.extend': 'vitrine.extended',
} as const satisfies Partial<Record<keyof ToApp, keyof FromApp>>;

type ReplyTypes = typeof replyTypes;
type ReplyType<T extends string> = T extends keyof ReplyTypes
  ? ReplyTypes[T]
  : T extends `${infer Stem}Request`
    ? `${Stem}Response`
    : `${T}Response`;

/** What goes with a message of this type; any object for one that is not declared. */
export type Payload<T extends string> = T extends keyof ToApp ? ToApp[T] : JsonObject;

/** What comes with the reply to it. */
export type Reply<T extends string> =
  ReplyType<T> extends keyof FromApp ? FromApp[ReplyType<T>] : JsonObject;

export function replyTypeOf(type: string): string {
  return Object.hasOwn(replyTypes, type)
    ? replyTypes[type as keyof ReplyTypes]
    : `${type.replace(/Request$/, '')}Response`;
}

export function encodeMessage(event_type: string, payload: object, id?: string): string {
  return JSON.stringify({ event_type, id, payload });
}

export const goodbye = encodeMessage('vitrine.goodbye', {});

/** Only the page knows when its first picture is there. */
export const firstFrame = encodeMessage('vitrine.firstFrame', {});

/** The message in a text, or undefined when there is none. */
export function parseMessage(text: string): AppMessage | undefined {
  const message = parseObject(text);
  const event_type = message?.['event_type'];
  const payload = message?.['payload'];
  if (typeof event_type !== 'string' || !isObject(payload)) return undefined;
  const id = message?.['id'];
  return typeof id === 'string' ? { event_type, id, payload } : { event_type, payload };
}
