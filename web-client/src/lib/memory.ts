/** Remembers small texts across a reload. */
export interface Memory {
  recall(key: string): string | undefined;
  remember(key: string, value: string): void;
  forget(key: string): void;
}

const PREFIX = 'vitrine.';

/** The tab's sessionStorage; where the browser forbids it, for as long as the page lives. */
export class TabMemory implements Memory {
  readonly #page = new Map<string, string>();

  recall(key: string): string | undefined {
    return this.#page.get(key) ?? attempt(() => sessionStorage.getItem(PREFIX + key)) ?? undefined;
  }

  remember(key: string, value: string): void {
    this.#page.set(key, value);
    attempt(() => sessionStorage.setItem(PREFIX + key, value));
  }

  forget(key: string): void {
    this.#page.delete(key);
    attempt(() => sessionStorage.removeItem(PREFIX + key));
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
