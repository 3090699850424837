import { useEffect, useState } from 'react';
import { sentenceOf } from './problems';

/** Something that is fetched: on its way, there, or not to be had. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: string };

const loading = { state: 'loading' } as const;

/** Loads anew whenever the key is another one; nothing while there is none. */
export function useLoaded<T>(key: string | undefined, load: () => Promise<T>): Loaded<T> {
  const [last, setLast] = useState<{ readonly key: string; readonly loaded: Loaded<T> }>();
  useEffect(() => {
    if (key === undefined) return;
    let wanted = true;
    const settle = (loaded: Loaded<T>) => wanted && setLast({ key, loaded });
    load().then(
      (value) => settle({ state: 'loaded', value }),
      (failure: unknown) => settle({ state: 'failed', problem: sentenceOf(failure) }),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  // What was loaded for the key before must not be taken for this one's.
  return last?.key === key && last ? last.loaded : loading;
}
