import { ServiceFailure } from './services';

const ATTEMPTS = 5;
const PAUSE_MILLIS = 2_000;

/**
 * Makes a call again while the server is away, 5 times in all, 2 seconds apart.
 *
 * @throws what the last call failed with, or the first one that will not go better another time
 */
export async function patiently<T>(
  call: () => Promise<T>,
  pause: () => Promise<void> = () => delay(PAUSE_MILLIS),
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (failure) {
      const temporary = failure instanceof ServiceFailure && failure.isTemporary;
      if (!temporary || attempt === ATTEMPTS) throw failure;
      await pause();
    }
  }
}

export function delay(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
