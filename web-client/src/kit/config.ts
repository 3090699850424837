import type { FromApp, JsonObject } from '../lib/index.js';
import type { StreamEvent } from './events.js';

/** Where a stream comes from. Vitrine streams `direct`; the others are services of NVIDIA's. */
export const StreamType = { DIRECT: 'direct', GFN: 'gfn', NVCF: 'nvcf' } as const;
export type StreamType = (typeof StreamType)[keyof typeof StreamType];

/** What the application says. */
export interface CustomEvent {
  readonly event_type: keyof FromApp | (string & {});
  readonly payload: JsonObject;
}

/** What `AppStreamer.connect` takes. */
export interface StreamProps {
  /** `direct`; `connect` fails with a sentence for anything else. */
  readonly streamSource: StreamType;
  readonly streamConfig: DirectConfig | GFNConfig;
  /** Without effect: failures are in the events, and nothing is logged. */
  readonly logLevel?: unknown;
  /** Without effect, as `logLevel`. */
  readonly logFormat?: unknown;
}

/** Whom the page tells when something happens. None of them needs to be there. */
export interface StreamCallbacks {
  /**
   * `success` once, with the first picture on the screen; `error` when there will be none, with why.
   */
  readonly onStart?: (event: StreamEvent) => void;
  /**
   * On the way and later: `waiting` for a pod, `inProgress` of connecting, `warning` of a lost connection
   * that is being made anew, `success` when its picture is back.
   */
  readonly onUpdate?: (event: StreamEvent) => void;
  /** A message of the application's, or of the runtime's own (`vitrine.…`). */
  readonly onCustomEvent?: (message: CustomEvent) => void;
  /** The picture stands still: by `AppStreamer.stop()`, or because the stream has ended. */
  readonly onStop?: (event: StreamEvent) => void;
  /**
   * The session is over: `success` when this page ended it, else `error`, with the word for why in `reason`.
   */
  readonly onTerminate?: (event: StreamEvent) => void;
}

/**
 * One stream: a runtime in local mode (`signalingServer`, `signalingPort`), or a session that was made
 * by a gateway's REST calls (`backendUrl`, `sessionId`), which have precedence.
 */
export interface DirectConfig extends StreamCallbacks, FieldsWithoutEffect {
  /** The id of the page's video element; `remote-video` when absent. */
  readonly videoElementId?: string;

  /** Where `POST` made the session: `https://gateway.example/streaming/stream`. Needs `sessionId`. */
  readonly backendUrl?: string | null;
  /** The `id` in the reply to that `POST`. Needs `backendUrl`. */
  readonly sessionId?: string | null;
  /** A bearer token for the gateway; none is sent when absent. */
  readonly accessToken?: string | null;

  /** The host of a runtime in local mode. */
  readonly signalingServer?: string | null;
  /** The same, when `signalingServer` is absent. */
  readonly server?: string | null;
  /** Its port, 1 to 65535; 49100 when absent. */
  readonly signalingPort?: number | null;
  /** The path before `/signal`, for a runtime behind a proxy: `/lab/proxy/8080`. None when absent. */
  readonly signalingPath?: string | null;
  /**
   * A host for media besides those that the runtime names; `signalingServer` when only `mediaPort` is there.
   * Without `mediaPort` it has no effect.
   */
  readonly mediaServer?: string | null;
  /** The UDP port there, 1 to 65535, where the runtime's own is mapped to another. */
  readonly mediaPort?: number | null;

  /** Refused when true: no sound goes to the application. */
  readonly mic?: boolean;
}

/** What NVIDIA's service is connected with; here for front ends that know both, `connect` refuses it. */
export interface GFNConfig extends StreamCallbacks {
  readonly videoElementId?: string;
  readonly audioElementId?: unknown;
  /** NVIDIA's own library. */
  readonly GFN?: unknown;
  readonly catalogClientId?: unknown;
  readonly clientId?: unknown;
  readonly cmsId?: unknown;
}

/** Fields that front ends written for Kit set, and that change nothing here. */
export interface FieldsWithoutEffect {
  /** There is no sound. */
  readonly audioElementId?: unknown;
  /** The gateway asks for `accessToken` by itself; a runtime in local mode asks for nothing. */
  readonly authenticate?: unknown;
  /** A stream starts when it is connected. */
  readonly autoLaunch?: unknown;
  /** The best that both ends can is agreed upon. */
  readonly codecList?: unknown;
  /** Connections have 15 s to be set up. */
  readonly connectivityTimeout?: unknown;
  /** The cursor is the browser's. */
  readonly cursor?: unknown;
  /** The application says how many pictures there are. */
  readonly fps?: unknown;
  readonly fitStreamResolution?: unknown;
  /** The application says how large the picture is; the video element scales it. */
  readonly width?: unknown;
  readonly height?: unknown;
  /** The gateway names them; a runtime in local mode needs none. */
  readonly iceServers?: unknown;
  /** A lost connection is tried anew 8 times, ever later, about 20 s in all. */
  readonly maxReconnects?: unknown;
  readonly reconnectDelay?: unknown;
  /** One finger is the mouse. */
  readonly nativeTouchEvents?: unknown;
  readonly signalingQuery?: unknown;
  /** Never called. */
  readonly onStreamStats?: unknown;
  readonly onISSOUpdate?: unknown;
}
