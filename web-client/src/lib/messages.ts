import { isObject, parseObject, type JsonObject } from './json.js';

/** What one message on the `messages` channel says; applications add their own types. */
export interface AppMessage {
  readonly event_type: string;
  /** The request's, in a reply. */
  readonly id?: string;
  readonly payload: JsonObject;
}

/** A node of the stage's tree; `children` is an empty object while there are some but they were not asked for. */
export interface Prim {
  readonly name: string;
  readonly path: string;
  readonly children?: readonly Prim[] | Readonly<Record<string, never>>;
}

export type PrimFilter = 'USDGeom' | 'mesh' | 'xform' | 'scope';

type Outcome = { readonly result: 'success' | 'error'; readonly error: string };

/** What a page may say to a USD viewer, by event type; declare an application's own messages here, too. */
export interface ToApp {
  loadingStateQuery: Record<string, never>;
  openStageRequest: { readonly url: string };
  getChildrenRequest: { readonly prim_path: string; readonly filters: readonly PrimFilter[] };
  selectPrimsRequest: { readonly paths: readonly string[] };
  makePrimsPickable: { readonly paths: readonly string[] };
  resetStage: Record<string, never>;
  'vitrine.extend': Record<string, never>;
  /** The reply to the request with this id is not waited for any more. */
  'vitrine.cancel': { readonly id: string };
}

/** What a USD viewer, or the runtime itself (`vitrine.…`), may say to a page; an application adds its own. */
export interface FromApp {
  loadingStateResponse: { readonly loading_state: 'idle' | 'busy'; readonly url: string };
  openedStageResult: Outcome & { readonly url: string };
  updateProgressAmount: JsonObject;
  updateProgressActivity: JsonObject;
  getChildrenResponse: { readonly prim_path: string; readonly children: readonly Prim[] };
  stageSelectionChanged: { readonly prims: readonly string[] };
  makePrimsPickableResponse: Outcome;
  resetStageResponse: Outcome;
  /** A message that could not be understood, or whose handler failed; of itself an extension fails as `vitrine.extension`. */
  viewerError: { readonly event_type: string; readonly message: string };
  'vitrine.warning': {
    readonly reason: string;
    readonly secondsLeft: number;
    /** What `vitrine.extend` would add now; 0 when the end cannot be put off. */
    readonly extendableSeconds: number;
  };
  'vitrine.extended':
    | { readonly result: 'success'; readonly error: ''; readonly secondsLeft: number }
    | { readonly result: 'error'; readonly error: string };
  /** New sessions get this version of the application; empty when they do not any more. */
  'vitrine.newerVersion': { readonly version: string };
  'vitrine.ended': { readonly reason: string; readonly message: string };
  'vitrine.stageState': {
    readonly state: 'starting' | 'ready' | 'restarting' | 'failed';
    readonly message: string;
  };
}

/** Which message answers which, where that is not the one with `Response` for `Request`. */
const replyTypes = {
  loadingStateQuery: 'loadingStateResponse',
  openStageRequest: 'openedStageResult',
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
