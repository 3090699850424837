import { useId } from 'react';
import { Problems } from './problems';
import type { Loaded } from './use-loaded';

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

interface OptionsProps {
  readonly legend: string;
  readonly options: Loaded<readonly Option[]>;
  /** What is said when there are none. */
  readonly none: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** One of several, as radio buttons. */
export function Options({ legend, options, none, chosen, onChoose }: OptionsProps) {
  const name = useId();
  return (
    <fieldset className="options">
      <legend>{legend}</legend>
      {options.state === 'loading' && <p className="hint">Asking the server …</p>}
      {options.state === 'failed' && <Problems sentences={[options.problem]} />}
      {options.state === 'loaded' && options.value.length === 0 && <p className="hint">{none}</p>}
      {options.state === 'loaded' &&
        options.value.map((option) => (
          <label key={option.id} className="option">
            <input
              type="radio"
              name={name}
              value={option.id}
              checked={option.id === chosen}
              onChange={() => onChoose(option.id)}
            />
            <span>
              {option.name}
              {option.description && <small>{option.description}</small>}
            </span>
          </label>
        ))}
    </fieldset>
  );
}
