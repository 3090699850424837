import { useEffect } from 'react';
import type { Target } from '../app-state';
import type { MessageChoice, StageChoice } from '../config/config';
import { Messages } from '../panel/messages';
import { StagePicker } from '../panel/stage-picker';
import { Hierarchy } from '../tree/hierarchy';
import { Curtain } from './curtain';
import { useStream, VIDEO } from './use-stream';

interface StreamScreenProps {
  readonly target: Target;
  readonly stages: readonly StageChoice[];
  readonly messages: readonly MessageChoice[];
  readonly onEnded: (message: string) => void;
}

/** The picture, and beside it all that can be done with the stage. */
export function StreamScreen({ target, stages, messages, onEnded }: StreamScreenProps) {
  const stream = useStream(target, onEnded);
  const { viewer } = stream;
  const playing = viewer.phase === 'playing';

  useEffect(() => {
    document.documentElement.dataset['state'] = viewer.phase;
  }, [viewer.phase]);

  return (
    <main className="viewer">
      <div className="picture">
        <video id={VIDEO} tabIndex={0} aria-label="The stage" autoPlay playsInline muted />
        <Curtain viewer={viewer} />
        {viewer.problem && (
          <div className="toast" role="alert">
            <p>{viewer.problem}</p>
            <button type="button" onClick={stream.dismiss}>
              Dismiss
            </button>
          </div>
        )}
      </div>
      <aside className="panel" aria-label="Controls">
        <div className="buttons">
          <button type="button" disabled={!playing} onClick={stream.reset}>
            Reset view
          </button>
          <button type="button" className="quiet" onClick={stream.end}>
            End session
          </button>
        </div>
        <StagePicker
          stages={stages}
          url={viewer.url}
          disabled={!playing || viewer.loading.busy}
          onOpen={stream.openStage}
        />
        <Hierarchy
          key={viewer.stages}
          hasStage={viewer.stages > 0}
          selection={viewer.selection}
          onSelect={(path) => stream.select([path])}
        />
        <Messages messages={messages} log={viewer.log} disabled={!playing} onSay={stream.say} />
      </aside>
    </main>
  );
}
