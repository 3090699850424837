import { useEffect, useState } from 'react';
import { sentenceOf } from './problems';

/** Something that is fetched: on its way, there, or not to be had. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: string };

/** Loads anew whenever the key is another one; nothing while there is none. */
export function useLoaded<T>(key: string | undefined, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  useEffect(() => {
    let wanted = true;
    const settle = (now: Loaded<T>) => wanted && setLoaded(now);
    setLoaded({ state: 'loading' });
    if (key !== undefined) {
      load().then(
        (value) => settle({ state: 'loaded', value }),
        (failure: unknown) => settle({ state: 'failed', problem: sentenceOf(failure) }),
      );
    }
    return () => {
      wanted = false;
    };
  }, [key]);
  return loaded;
}
