const endReasons = [
  'Rejected',
  'ClosedByViewer',
  'ClosedByApi',
  'QueueTimeout',
  'StartTimeout',
  'ConnectTimeout',
  'ReconnectTimeout',
  'IdleTimeout',
  'MaxDuration',
  'AppExited',
  'AppFailed',
  'DeviceLost',
  'PodLost',
  'NodeDrained',
  'Preempted',
  'AppDeleted',
] as const;

/** Why a session ended, as the cluster and the runtime name it. */
export type EndReason = (typeof endReasons)[number];

export function isEndReason(word: unknown): word is EndReason {
  return endReasons.some((reason) => reason === word);
}

/** Why the runtime or the gateway refused a signalling connection. */
export type Refusal =
  | 'BadMessage'
  | 'BadToken'
  | 'Forbidden'
  | 'NoSession'
  | 'Timeout'
  | 'SessionInUse'
  | 'SessionEnded'
  | 'TooLarge'
  | 'NotReady';

/** What only the browser can notice. */
export type LocalReason =
  'Unreachable' | 'ConnectionLost' | 'NoMedia' | 'Unsupported' | 'SignInRequired' | 'NotStarted';

/** Why a stream stopped. `Replaced`: the same viewer opened it elsewhere. */
export type Reason = EndReason | Refusal | LocalReason | 'Replaced';

const refusalByCloseCode: Readonly<Record<number, Refusal>> = {
  4400: 'BadMessage',
  4401: 'BadToken',
  4403: 'Forbidden',
  4404: 'NoSession',
  4408: 'Timeout',
  4409: 'SessionInUse',
  4410: 'SessionEnded',
  4413: 'TooLarge',
  4503: 'NotReady',
};

export function isRefusal(word: unknown): word is Refusal {
  return Object.values<unknown>(refusalByCloseCode).includes(word);
}

/** Any other code (1006 when nobody answers, 1001 when a server restarts) is a lost connection. */
export function reasonOfClose(code: number): Reason {
  return refusalByCloseCode[code] ?? 'Unreachable';
}

const temporary: ReadonlySet<string> = new Set<Reason>([
  'Unreachable',
  'ConnectionLost',
  'NoMedia',
  'BadToken',
  'Timeout',
  'NotReady',
]);

/** Whether connecting again, with a fresh token, may help. */
export function isTemporary(reason: string): boolean {
  return temporary.has(reason);
}

const resumable: ReadonlySet<string> = new Set<Reason>([
  'Unreachable',
  'ConnectionLost',
  'NoMedia',
  'Replaced',
]);

/** Whether the session may live on although this page has stopped showing it. */
export function mayResume(reason: string): boolean {
  return resumable.has(reason);
}
