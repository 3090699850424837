import type { CustomEvent, StreamEvent } from '@vitrine/client/app-streamer';

/** What the front end knows of the stream that it shows. */
export interface Viewer {
  readonly phase: 'connecting' | 'playing' | 'reconnecting';
  /** What happens, in a sentence. */
  readonly info: string;
  readonly loading: Loading;
  /** The stage that is open, as the application calls it; empty while nobody knows. */
  readonly url: string;
  /** How many stages were opened so far: with each one the hierarchy is another. */
  readonly stages: number;
  /** Whether this connection has told that the stage is there; a new one may have missed another. */
  readonly isStageTold: boolean;
  readonly selection: readonly string[];
  /** What went wrong last; undefined once it was read, or something else went right. */
  readonly problem?: string | undefined;
  /** The last messages, oldest first. */
  readonly log: readonly LogEntry[];
}

export interface Loading {
  readonly busy: boolean;
  readonly message: string;
  /** 0 to 1, where the application tells. */
  readonly progress?: number;
}

export interface LogEntry {
  readonly id: number;
  readonly direction: 'sent' | 'heard';
  readonly type: string;
  readonly payload: string;
}

export type ViewerEvent =
  | { readonly type: 'started'; readonly event: StreamEvent }
  | { readonly type: 'updated'; readonly event: StreamEvent }
  | { readonly type: 'heard'; readonly message: CustomEvent }
  | { readonly type: 'said'; readonly message: CustomEvent }
  | { readonly type: 'selected'; readonly paths: readonly string[] }
  | { readonly type: 'stageKnown'; readonly busy: boolean; readonly url: string }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'problemRead' };

const MOST_ENTRIES = 100;
const MOST_CHARACTERS = 2_000;

export const firstViewer: Viewer = {
  phase: 'connecting',
  info: 'Connecting.',
  loading: { busy: false, message: '' },
  url: '',
  stages: 0,
  isStageTold: false,
  selection: [],
  log: [],
};

export function nextViewer(viewer: Viewer, event: ViewerEvent): Viewer {
  switch (event.type) {
    case 'started':
      return event.event.status === 'success' ? { ...viewer, phase: 'playing', info: '' } : viewer;
    case 'updated':
      return updated(viewer, event.event);
    case 'heard':
      return heard(
        isRoutine(event.message) ? viewer : logged(viewer, 'heard', event.message),
        event.message,
      );
    case 'said':
      return logged(viewer, 'sent', event.message);
    case 'selected':
      return { ...viewer, selection: event.paths };
    case 'stageKnown':
      return stageKnown(viewer, event);
    case 'failed':
      return { ...viewer, problem: event.problem };
    case 'problemRead':
      return { ...viewer, problem: undefined };
  }
}

/** What comes again and again would leave no room in the log for anything else. */
function isRoutine({ event_type }: CustomEvent): boolean {
  return event_type === 'cameraStateChanged' || event_type === 'updateProgressAmount';
}

function updated(viewer: Viewer, { status, info }: StreamEvent): Viewer {
  if (status === 'success') return { ...viewer, phase: 'playing', info: '' };
  if (status === 'warning') {
    const { loading, isStageTold } = firstViewer;
    return { ...viewer, phase: 'reconnecting', info, loading, isStageTold };
  }
  // What is being done about a lost connection is no news.
  return viewer.phase === 'reconnecting' ? viewer : { ...viewer, phase: 'connecting', info };
}

/** Of a stage that was open before we came, or came back, nobody says that it is ready. */
function stageKnown(viewer: Viewer, { busy, url }: { busy: boolean; url: string }): Viewer {
  if (viewer.isStageTold || busy || url === '') return { ...viewer, url };
  const selection = url === viewer.url ? viewer.selection : [];
  return { ...another(viewer), url, selection };
}

function heard(viewer: Viewer, { event_type, payload }: CustomEvent): Viewer {
  switch (event_type) {
    case 'vitrine.stageState':
      return stageIs(viewer, payload['state'], text(payload['message']));
    case 'updateProgressAmount':
      return { ...viewer, loading: withProgress(viewer.loading, payload['progress']) };
    case 'openedStageResult':
      if (payload['result'] !== 'success') return failed(viewer, payload['error']);
      return { ...another(viewer), url: text(payload['url']) };
    case 'stageSelectionChanged':
      return { ...viewer, selection: texts(payload['prims']) };
    case 'viewerError':
      return failed(viewer, payload['message']);
    case 'vitrine.warning':
      return failed(viewer, warning(payload['reason'], payload['secondsLeft']));
    default:
      return viewer;
  }
}

function stageIs(viewer: Viewer, state: unknown, message: string): Viewer {
  switch (state) {
    case 'starting':
    case 'restarting':
      return { ...viewer, loading: { busy: true, message } };
    case 'failed':
      return failed({ ...viewer, loading: firstViewer.loading }, message);
    case 'ready':
      return another(viewer);
    default:
      return viewer;
  }
}

/** Another stage is there, or the same one anew: what was known of prims holds no longer. */
function another(viewer: Viewer): Viewer {
  return {
    ...viewer,
    loading: firstViewer.loading,
    stages: viewer.stages + 1,
    isStageTold: true,
    selection: [],
    problem: undefined,
  };
}

function failed(viewer: Viewer, problem: unknown): Viewer {
  return { ...viewer, problem: text(problem) || 'The application could not do that.' };
}

function withProgress(loading: Loading, progress: unknown): Loading {
  const valid = typeof progress === 'number' && progress >= 0 && progress <= 1;
  return valid ? { ...loading, progress } : loading;
}

function warning(reason: unknown, seconds: unknown): string {
  return `The session ends in ${Math.round(Number(seconds) || 0)} seconds (${text(reason)}).`;
}

function logged(viewer: Viewer, direction: LogEntry['direction'], message: CustomEvent): Viewer {
  const json = JSON.stringify(message.payload);
  const payload = json.length > MOST_CHARACTERS ? `${json.slice(0, MOST_CHARACTERS)}…` : json;
  const id = (viewer.log.at(-1)?.id ?? 0) + 1;
  const entry = { id, direction, type: message.event_type, payload };
  return { ...viewer, log: [...viewer.log, entry].slice(-MOST_ENTRIES) };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
