/** Remembers small texts for as long as the browser's tab lives. */
export interface Memory {
  recall(key: string): string | undefined;
  remember(key: string, value: string): void;
  forget(key: string): void;
}

const PREFIX = 'vitrine.';

/** The tab's sessionStorage; a browser that forbids it just cannot resume after a reload. */
export const tabMemory: Memory = {
  recall: (key) => attempt(() => sessionStorage.getItem(PREFIX + key)) ?? undefined,
  remember: (key, value) => void attempt(() => sessionStorage.setItem(PREFIX + key, value)),
  forget: (key) => void attempt(() => sessionStorage.removeItem(PREFIX + key)),
};

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
