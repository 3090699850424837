import { useState, type FormEvent } from 'react';
import type { StageChoice } from '../config/config';
import { Field } from '../screens/field';

interface StagePickerProps {
  readonly stages: readonly StageChoice[];
  /** The one that is open, as the application calls it; empty while nobody knows. */
  readonly url: string;
  readonly disabled: boolean;
  readonly onOpen: (url: string) => void;
}

/** Opens a stage of the config's, or one that is typed in. */
export function StagePicker({ stages, url, disabled, onOpen }: StagePickerProps) {
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) onOpen(typed.trim());
  };

  return (
    <section aria-labelledby="stage">
      <h2 id="stage">Stage</h2>
      {url && <p className="hint path">{url}</p>}
      {stages.length > 0 && (
        <div className="chips">
          {stages.map((stage) => (
            <button
              key={stage.name}
              type="button"
              disabled={disabled}
              onClick={() => onOpen(stage.url)}
            >
              {stage.name}
            </button>
          ))}
        </div>
      )}
      <form className="line" onSubmit={submit}>
        <Field
          label="Another stage"
          placeholder="stages/name.usda"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
        />
        <button type="submit" disabled={disabled || !typed.trim()}>
          Open
        </button>
      </form>
    </section>
  );
}
