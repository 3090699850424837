import type { Config, LocalSettings, StreamSettings } from './config/config';
import type { Session } from './services/services';

/** What is connected to. */
export type Target =
  | { readonly kind: 'runtime'; readonly settings: LocalSettings }
  | { readonly kind: 'session'; readonly backendUrl: string; readonly id: string };

/** What is on the screen, and all that it needs. */
export type Screen =
  | { readonly kind: 'reading' }
  | { readonly kind: 'misconfigured'; readonly problems: readonly string[] }
  | { readonly kind: 'local'; readonly settings: LocalSettings }
  | { readonly kind: 'servers'; readonly settings: StreamSettings }
  | { readonly kind: 'choosing'; readonly settings: StreamSettings }
  | { readonly kind: 'waiting'; readonly settings: StreamSettings; readonly session: Session }
  | { readonly kind: 'streaming'; readonly target: Target }
  | { readonly kind: 'gfn' }
  | { readonly kind: 'ended'; readonly message: string };

export interface App {
  readonly config?: Config;
  readonly screen: Screen;
}

export type AppEvent =
  | { readonly type: 'configRead'; readonly config: Config }
  | { readonly type: 'configFailed'; readonly problems: readonly string[] }
  | { readonly type: 'runtimeNamed'; readonly settings: LocalSettings }
  | { readonly type: 'serversFound'; readonly settings: StreamSettings }
  | {
      readonly type: 'sessionTold';
      readonly settings: StreamSettings;
      readonly backendUrl: string;
      readonly session: Session;
    }
  | { readonly type: 'ended'; readonly message: string }
  | { readonly type: 'begunAnew' };

export const firstApp: App = { screen: { kind: 'reading' } };

export function nextApp(app: App, event: AppEvent): App {
  switch (event.type) {
    case 'configRead':
      return { config: event.config, screen: firstScreen(event.config) };
    case 'configFailed':
      return { screen: { kind: 'misconfigured', problems: event.problems } };
    case 'runtimeNamed': {
      const { settings } = event;
      const config = { ...app.config!, local: settings };
      return { config, screen: { kind: 'streaming', target: { kind: 'runtime', settings } } };
    }
    case 'serversFound': {
      const { settings } = event;
      return {
        config: { ...app.config!, stream: settings },
        screen: { kind: 'choosing', settings },
      };
    }
    case 'sessionTold': {
      // A late answer must not take the viewer away from another screen.
      if (app.screen.kind !== 'choosing' && app.screen.kind !== 'waiting') return app;
      const { settings, session, backendUrl } = event;
      if (!session.ready) return { ...app, screen: { kind: 'waiting', settings, session } };
      const target = { kind: 'session', backendUrl, id: session.id } as const;
      return { ...app, screen: { kind: 'streaming', target } };
    }
    case 'ended':
      return { ...app, screen: { kind: 'ended', message: event.message } };
    case 'begunAnew':
      return app.config ? { ...app, screen: firstScreen(app.config) } : app;
  }
}

function firstScreen({ source, local, stream }: Config): Screen {
  if (source === 'local' && local) return { kind: 'local', settings: local };
  if (source === 'stream' && stream) return { kind: 'servers', settings: stream };
  return { kind: 'gfn' };
}
