import {
  AppStreamer,
  StreamType,
  type CustomEvent,
  type DirectConfig,
  type StreamError,
} from '@vitrine/client/app-streamer';
import { useEffect, useReducer, useRef } from 'react';
import type { Target } from '../app-state';
import { firstViewer, nextViewer, type Viewer } from './viewer-state';

export const VIDEO = 'remote-video';
const NOT_TOLD = 'The server was not told, and ends the session by its own time limits.';

/** The stream, and what can be asked of it. What fails shows as the viewer's problem. */
export interface StreamControl {
  readonly viewer: Viewer;
  say(message: CustomEvent): void;
  select(paths: readonly string[]): void;
  openStage(url: string): void;
  reset(): void;
  end(): void;
  /** Takes the problem away. */
  dismiss(): void;
}

/** Connects for as long as the component is there. */
export function useStream(target: Target, onEnded: (message: string) => void): StreamControl {
  const [viewer, dispatch] = useReducer(nextViewer, firstViewer);
  /** Whether the viewer ends the session: then it is told when the server has heard of it, or not. */
  const ending = useRef(false);

  useEffect(() => {
    let left = false;
    const ended = (message: string) => left || onEnded(message);
    const streamConfig: DirectConfig = {
      ...configOf(target),
      videoElementId: VIDEO,
      onStart: (event) => {
        dispatch({ type: 'started', event });
        if (event.status === 'success') askForStage();
      },
      onUpdate: (event) => {
        dispatch({ type: 'updated', event });
        if (event.status === 'success') askForStage();
      },
      onCustomEvent: (message) => dispatch({ type: 'heard', message }),
      onTerminate: ({ info }) => ending.current || ended(info),
    };
    AppStreamer.connect({ streamSource: StreamType.DIRECT, streamConfig }).catch(
      ({ info }: StreamError) => ended(info),
    );
    return () => {
      left = true;
      AppStreamer.terminate().catch(() => undefined);
    };
  }, []);

  /** What the application answers comes as a message; what it cannot answer as `viewerError`. */
  const attempt = (asked: Promise<unknown>) => {
    asked.catch(({ info }: StreamError) => dispatch({ type: 'failed', problem: info }));
  };
  const say = (message: CustomEvent) => {
    dispatch({ type: 'said', message });
    attempt(AppStreamer.sendMessage(message));
  };

  /** With each connection, for what happened before it. */
  const askForStage = () => {
    const known = AppStreamer.getStageLoadingState().then(({ loading_state, url }) =>
      dispatch({ type: 'stageKnown', busy: loading_state === 'busy', url }),
    );
    attempt(known);
  };

  return {
    viewer,
    say,
    select(paths) {
      dispatch({ type: 'selected', paths });
      say({ event_type: 'selectPrimsRequest', payload: { paths } });
    },
    openStage: (url) => attempt(AppStreamer.openStage(url)),
    reset: () => {
      const deselect = viewer.selection.length > 0;
      if (deselect) dispatch({ type: 'selected', paths: [] });
      attempt(AppStreamer.resetStage(deselect));
    },
    end: () => {
      ending.current = true;
      AppStreamer.terminate().then(
        ({ info }) => onEnded(info),
        ({ info }: StreamError) => onEnded(`${NOT_TOLD} ${info}`),
      );
    },
    dismiss: () => dispatch({ type: 'problemRead' }),
  };
}

function configOf(target: Target): DirectConfig {
  if (target.kind === 'session') return { backendUrl: target.backendUrl, sessionId: target.id };
  const { server, signalingPort, mediaPort, mediaServer, signalingPath } = target.settings;
  return {
    signalingServer: server,
    signalingPort,
    mediaPort: mediaPort ?? null,
    mediaServer: mediaServer ?? null,
    signalingPath: signalingPath ?? null,
  };
}
