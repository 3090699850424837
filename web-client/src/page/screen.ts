import { sentenceFor, type SessionState, type Waiting } from '../lib/index.js';
import { lineSentence } from './line.js';
import type { Stage } from './stage.js';

/** What stands before the picture. */
export interface Screen {
  /** `veil` lets the last picture shine through. */
  readonly curtain: 'none' | 'veil' | 'solid';
  readonly title: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly progress?: number;
  /** What the button says; no button when absent. */
  readonly action?: string;
}

const nothing: Screen = { curtain: 'none', title: '', detail: '', busy: false };

export function screenOf(state: SessionState, stage: Stage): Screen {
  switch (state.kind) {
    case 'starting':
      return busy('solid', titleOf(state.waiting), detailOf(state.waiting));
    case 'connecting':
      return loadingOr(connecting(state.attempt), stage);
    case 'playing':
      return loadingOr(nothing, stage);
    case 'reconnecting':
      return busy('veil', 'Reconnecting', sentenceFor('ConnectionLost'));
    case 'ended':
      return ended(state.reason, state.message);
  }
}

function busy(curtain: Screen['curtain'], title: string, detail: string): Screen {
  return { curtain, title, detail, busy: true };
}

function connecting(attempt: number): Screen {
  return attempt === 0
    ? busy('solid', 'Connecting', '')
    : busy('veil', 'Reconnecting', sentenceFor('ConnectionLost'));
}

/** A stage may take its time before there is a picture, and after. */
function loadingOr(otherwise: Screen, { state, message, progress }: Stage): Screen {
  const loading = state === 'starting' || state === 'restarting';
  if (!loading) return otherwise;
  const title = state === 'starting' ? 'Loading the stage' : 'Restarting the stage';
  return { ...busy('veil', title, message), ...(progress !== undefined && { progress }) };
}

/** By the reason of the session's condition `Ready`. */
const titles: Readonly<Record<string, string>> = {
  Pending: 'Waiting for a pod',
  AppNotReady: 'Waiting for a pod',
  Queued: 'Waiting in line',
  Unschedulable: 'Waiting for a machine with room',
  ImageNotPulled: 'Waiting for the application’s image',
  ReconcileFailed: 'Waiting for the cluster',
};

function titleOf({ reason }: Waiting): string {
  return Object.hasOwn(titles, reason) ? (titles[reason] ?? '') : 'Starting the application';
}

function detailOf({ message, queue }: Waiting): string {
  return queue ? lineSentence(queue) : message;
}

const actions: Readonly<Record<string, string>> = {
  Replaced: 'Continue here',
  Unreachable: 'Try again',
  ConnectionLost: 'Try again',
  NoMedia: 'Try again',
  SessionInUse: 'Try again',
  SignInRequired: 'Try again',
};

function ended(reason: string, message: string): Screen {
  const title = sentenceFor(reason);
  const detail = message === title ? '' : message;
  const action = Object.hasOwn(actions, reason) ? actions[reason] : undefined;
  return { curtain: 'solid', title, detail, busy: false, action: action ?? 'Start again' };
}
