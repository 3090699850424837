import { isObject, parseObject } from './json.js';
import { isEndReason, type EndReason } from './reasons.js';

/** What the gateway says in an error response. */
export interface ErrorBody {
  /** For people. */
  readonly detail?: string;
  /** Why the session ended that was asked for; absent where that is not what is wrong. */
  readonly reason?: EndReason;
}

/** Reads a body, whoever answered: one that is not the gateway’s says nothing. */
export function parseErrorBody(body: string): ErrorBody {
  const { detail, reason } = parseObject(body) ?? {};
  const sentence = sentenceIn(detail);
  return { ...(sentence && { detail: sentence }), ...(isEndReason(reason) && { reason }) };
}

/** A validation error (422) has a list of sentences. */
function sentenceIn(detail: unknown): string | undefined {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return undefined;
  const sentences = detail.map((item) => (isObject(item) ? item['msg'] : undefined));
  return sentences.filter((item) => typeof item === 'string').join(' ');
}
