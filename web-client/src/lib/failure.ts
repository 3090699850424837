import type { Reason } from './reasons.js';
import { sentenceFor } from './words.js';

/** Something that stops a stream, or one attempt at it, with its reason and a sentence for the viewer. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure';

  constructor(
    readonly reason: Reason,
    message: string = sentenceFor(reason),
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
