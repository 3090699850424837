import type { Reason } from './reasons.js';

const sentences: Readonly<Record<Reason, string>> = {
  Rejected: 'The session was refused.',
  ClosedByViewer: 'You closed the session.',
  ClosedByApi: 'The session was closed by its owner.',
  QueueTimeout: 'No place became free in time.',
  StartTimeout: 'The application did not start in time.',
  ConnectTimeout: 'Nobody connected in time, so the session was closed.',
  ReconnectTimeout: 'The connection was lost for too long, so the session was closed.',
  IdleTimeout: 'The session was closed because nothing happened for a while.',
  MaxDuration: 'The session has reached its longest allowed time.',
  AppExited: 'The application has finished.',
  AppFailed: 'The application has stopped because of an error.',
  DeviceLost: 'The graphics device of the application has failed.',
  PodLost: 'The machine running the application was lost.',
  NodeDrained: 'The machine running the application is being serviced.',
  Preempted: 'The session made room for a more urgent one.',
  AppDeleted: 'The application was removed.',
  Replaced: 'The session was opened in another place.',
  BadMessage:
    'This page and the application do not understand each other. Their versions may differ.',
  BadToken: 'The permission to connect has expired.',
  Forbidden: 'You may not open this session.',
  NoSession: 'This session does not exist any more.',
  Timeout: 'The connection took too long to set up.',
  SessionInUse: 'Somebody else is using this session.',
  SessionEnded: 'The session has ended.',
  TooLarge: 'This page sent more than the application accepts.',
  NotReady: 'The application is not ready yet.',
  Unreachable: 'The server cannot be reached.',
  ConnectionLost: 'The connection was lost.',
  NoMedia: 'The server answers, but no video comes through. A firewall may be blocking it.',
  Unsupported: 'This browser cannot show streams, because WebRTC is missing or switched off.',
  SignInRequired: 'You need to sign in to open this application.',
  NotStarted: 'The application could not be started.',
};

/** One clear sentence for a reason; a newer server's unknown reason gets a general one. */
export function sentenceFor(reason: string): string {
  return Object.hasOwn(sentences, reason) ? sentences[reason as Reason] : 'The session has ended.';
}
