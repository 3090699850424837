import type { Page } from 'puppeteer-core';

/** Has a page, which is not loaded yet, keep its data channel `messages` where `ask` finds it. */
export async function tapMessages(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const create = RTCPeerConnection.prototype.createDataChannel;
    RTCPeerConnection.prototype.createDataChannel = function (label, options) {
      const channel = create.call(this, label, options);
      if (label === 'messages') Object.assign(window, { tapped: channel });
      return channel;
    };
  });
}

/** What the page is answered: the payload of `…Response`, or the words of the `viewerError`. */
export async function ask(
  page: Page,
  type: string,
  payload: object,
  seconds = 20,
): Promise<unknown> {
  return page.evaluate(
    (type, payload, seconds) =>
      new Promise((resolve) => {
        const { tapped } = window as unknown as { tapped: RTCDataChannel };
        const limit = new AbortController();
        const answer = (what: unknown) => {
          limit.abort();
          resolve(what);
        };
        setTimeout(() => answer(`no answer to ${type} within ${seconds} s`), seconds * 1000);
        tapped.addEventListener(
          'message',
          ({ data }) => {
            const told = JSON.parse(data as string);
            if (told.event_type === type.replace('Request', 'Response')) answer(told.payload);
            if (told.event_type === 'viewerError' && told.payload.event_type === type)
              answer(told.payload.message);
          },
          limit,
        );
        tapped.send(JSON.stringify({ event_type: type, payload }));
      }),
    type,
    payload,
    seconds,
  );
}
