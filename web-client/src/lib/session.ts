import { reconnectDelayMillis } from './backoff.js';
import { isTemporary } from './reasons.js';
import { sentenceFor } from './words.js';

/** A place in the line, as the gateway sees it while it is asked. */
export interface QueuePlace {
  /** From 1, the next one. */
  readonly place: number;
  /** How many stand in that line. */
  readonly of: number;
  /** How long it will take at the pace of the last minutes; absent while nobody can say. */
  readonly expectedSeconds?: number;
}

/** What a session waits for before it can be connected to. */
export interface Waiting {
  /** One word, for programs. */
  readonly reason: string;
  /** One sentence, for viewers. */
  readonly message: string;
  /** Absent when there is no line. */
  readonly queue?: QueuePlace;
}

/** What the viewer sees. One value says it all; there are no flags to keep in step. */
export type SessionState =
  | { readonly kind: 'starting'; readonly attempt: number; readonly waiting: Waiting }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'playing' }
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly inMillis: number }
  | { readonly kind: 'ended'; readonly reason: string; readonly message: string };

export type SessionEvent =
  | { readonly type: 'waiting'; readonly waiting: Waiting }
  | { readonly type: 'dialling' }
  | { readonly type: 'playing' }
  | {
      readonly type: 'stopped';
      readonly reason: string;
      readonly message?: string;
      /** 0 to 1. */
      readonly jitter: number;
    }
  | { readonly type: 'retry' };

export const initialState: SessionState = { kind: 'connecting', attempt: 0 };

/** With the delays of backoff.ts: about the 20 s for which a runtime keeps a place by default. */
const MAX_ATTEMPTS = 8;

/** The next state follows from the last one and from what happened: no socket, no DOM, no clock. */
export function next(state: SessionState, event: SessionEvent): SessionState {
  if (state.kind === 'ended') return state;
  switch (event.type) {
    case 'waiting':
      return isOpening(state)
        ? { kind: 'starting', attempt: state.attempt, waiting: event.waiting }
        : state;
    case 'dialling':
      return state.kind === 'starting' ? { kind: 'connecting', attempt: state.attempt } : state;
    case 'playing':
      return state.kind === 'connecting' ? { kind: 'playing' } : state;
    case 'retry':
      return state.kind === 'reconnecting' ? { kind: 'connecting', attempt: state.attempt } : state;
    case 'stopped':
      return stopped(state, event);
  }
}

type Live = Exclude<SessionState, { kind: 'ended' }>;
type Stopped = Extract<SessionEvent, { type: 'stopped' }>;

function isOpening(state: Live): state is Extract<Live, { kind: 'starting' | 'connecting' }> {
  return state.kind === 'starting' || state.kind === 'connecting';
}

function stopped(state: Live, { reason, message, jitter }: Stopped): SessionState {
  const ended: SessionState = { kind: 'ended', reason, message: message || sentenceFor(reason) };
  if (!isTemporary(reason)) return ended;
  if (state.kind === 'reconnecting') return state;
  const attempt = state.kind === 'playing' ? 1 : state.attempt + 1;
  if (attempt > MAX_ATTEMPTS) return ended;
  return { kind: 'reconnecting', attempt, inMillis: reconnectDelayMillis(attempt, jitter) };
}
