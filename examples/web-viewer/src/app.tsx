import { useEffect, useReducer } from 'react';
import { firstApp, nextApp } from './app-state';
import { ConfigFailure, fetchConfig } from './config/read-config';
import { ChoiceForm } from './screens/choice-form';
import { Ended } from './screens/ended';
import { Gfn } from './screens/gfn';
import { LocalForm } from './screens/local-form';
import { Misconfigured } from './screens/misconfigured';
import { Reading } from './screens/reading';
import { ServersForm } from './screens/servers-form';
import { Waiting } from './screens/waiting';
import { StreamScreen } from './stream/stream-screen';

/** One screen at a time; which one, app-state.ts decides. */
export function App() {
  const [{ config, screen }, dispatch] = useReducer(nextApp, firstApp);

  useEffect(() => {
    fetchConfig().then(
      (read) => dispatch({ type: 'configRead', config: read }),
      (failure: unknown) => dispatch({ type: 'configFailed', problems: problemsIn(failure) }),
    );
  }, []);

  useEffect(() => {
    // While a stream is shown, its own state is there.
    if (screen.kind !== 'streaming') document.documentElement.dataset['state'] = screen.kind;
  }, [screen.kind]);

  const begin = () => dispatch({ type: 'begunAnew' });
  const end = (message: string) => dispatch({ type: 'ended', message });

  switch (screen.kind) {
    case 'reading':
      return <Reading />;
    case 'misconfigured':
      return <Misconfigured problems={screen.problems} />;
    case 'local':
      return (
        <LocalForm
          settings={screen.settings}
          onConnect={(settings) => dispatch({ type: 'runtimeNamed', settings })}
        />
      );
    case 'servers':
      return (
        <ServersForm
          settings={screen.settings}
          onFound={(settings) => dispatch({ type: 'serversFound', settings })}
        />
      );
    case 'choosing':
      return (
        <ChoiceForm
          settings={screen.settings}
          onBack={begin}
          onSession={(told) => dispatch({ type: 'sessionTold', ...told })}
        />
      );
    case 'waiting':
      return (
        <Waiting
          settings={screen.settings}
          session={screen.session}
          onSession={(told) => dispatch({ type: 'sessionTold', ...told })}
          onEnded={end}
        />
      );
    case 'streaming':
      return (
        <StreamScreen
          target={screen.target}
          stages={config?.stages ?? []}
          messages={config?.messages ?? []}
          onEnded={end}
        />
      );
    case 'gfn':
      return <Gfn settings={config?.gfn ?? {}} onEnded={end} />;
    case 'ended':
      return <Ended message={screen.message} onAgain={begin} />;
  }
}

function problemsIn(failure: unknown): readonly string[] {
  return failure instanceof ConfigFailure ? failure.problems : [String(failure)];
}
