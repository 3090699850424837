import { isObject, parseObject, type JsonObject } from './json.js';

/** What one message on the `messages` channel says; applications add their own types. */
export interface AppMessage {
  readonly event_type: string;
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

/** What a page may say to a USD viewer, by event type. */
export interface ToApp {
  loadingStateQuery: Record<string, never>;
  openStageRequest: { readonly url: string };
  getChildrenRequest: { readonly prim_path: string; readonly filters: readonly PrimFilter[] };
  selectPrimsRequest: { readonly paths: readonly string[] };
  makePrimsPickable: { readonly paths: readonly string[] };
  resetStage: Record<string, never>;
  'vitrine.extend': Record<string, never>;
}

/** What a USD viewer, or the runtime itself (`vitrine.…`), may say to a page. */
export interface FromApp {
  loadingStateResponse: { readonly loading_state: 'idle' | 'busy'; readonly url: string };
  openedStageResult: Outcome & { readonly url: string };
  updateProgressAmount: JsonObject;
  updateProgressActivity: JsonObject;
  getChildrenResponse: { readonly prim_path: string; readonly children: readonly Prim[] };
  stageSelectionChanged: { readonly prims: readonly string[] };
  makePrimsPickableResponse: Outcome;
  resetStageResponse: Outcome;
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

/** Which message answers which. */
export const replyTypes = {
  loadingStateQuery: 'loadingStateResponse',
  openStageRequest: 'openedStageResult',
  getChildrenRequest: 'getChildrenResponse',
  makePrimsPickable: 'makePrimsPickableResponse',
  resetStage: 'resetStageResponse',
  'vitrine.extend': 'vitrine.extended',
} as const satisfies Partial<Record<keyof ToApp, keyof FromApp>>;

export type Replies = typeof replyTypes;

export function encodeMessage(event_type: string, payload: object): string {
  return JSON.stringify({ event_type, payload });
}

export const goodbye = encodeMessage('vitrine.goodbye', {});

/** Only the page knows when its first picture is there. */
export const firstFrame = encodeMessage('vitrine.firstFrame', {});

/** The message in a text, or undefined when there is none. */
export function parseMessage(text: string): AppMessage | undefined {
  const message = parseObject(text);
  const event_type = message?.['event_type'];
  const payload = message?.['payload'];
  return typeof event_type === 'string' && isObject(payload) ? { event_type, payload } : undefined;
}
