const BASE_MILLIS = 250;
const CAP_MILLIS = 4_000;

/**
 * How long to wait before attempt 1, 2, 3…: doubling from a quarter of a second to four seconds.
 *
 * @param jitter 0 to 1, spreads the viewers of one lost server over half of the wait
 */
export function reconnectDelayMillis(attempt: number, jitter: number): number {
  const full = Math.min(CAP_MILLIS, BASE_MILLIS * 2 ** Math.max(0, attempt - 1));
  return Math.round(full / 2 + (full / 2) * jitter);
}

/** How long to wait before asking for the n-th time (0, 1, 2…) whether a session is ready. */
export function pollDelayMillis(asked: number): number {
  return Math.round(Math.min(2_000, 200 * 1.5 ** asked));
}

/** Waits, and rejects as soon as the signal aborts. */
export function delay(millis: number, abort: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(abort.reason);
    };
    const timer = setTimeout(() => {
      abort.removeEventListener('abort', stop);
      resolve();
    }, millis);
    if (abort.aborted) stop();
    else abort.addEventListener('abort', stop, { once: true });
  });
}
