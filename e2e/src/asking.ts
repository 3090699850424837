import type { Page } from 'puppeteer-core';

/** What `window.stream` of the page gives as the reply, or the words of its failure. */
export async function ask(
  page: Page,
  type: string,
  payload: object,
  timeoutMillis = 30_000,
): Promise<unknown> {
  return page.evaluate(
    async (type, payload, options) => {
      const { stream } = window as unknown as {
        stream: { request(type: string, payload: object, options: object): Promise<object> };
      };
      return stream.request(type, payload, options).catch((failure: Error) => failure.message);
    },
    type,
    payload,
    { timeoutMillis },
  );
}
