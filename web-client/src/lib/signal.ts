import { parseObject, stringOr } from './json.js';
import { isRefusal, type Refusal } from './reasons.js';

/** A trickled ICE candidate (RFC 8838); null says that there are no more. */
export interface Candidate {
  readonly type: 'candidate';
  readonly candidate: string | null;
  readonly sdpMid?: string;
  readonly sdpMLineIndex?: number;
}

/** What the page says on the signalling socket. */
export type ToRuntime =
  | { readonly type: 'offer'; readonly sdp: string; readonly resume?: string }
  | Candidate
  | { readonly type: 'goodbye' };

/** What the runtime, or the gateway before it, says on the signalling socket. */
export type FromRuntime =
  | { readonly type: 'answer'; readonly sdp: string; readonly resume: string }
  | Candidate
  | { readonly type: 'bye'; readonly reason: string; readonly message: string }
  | { readonly type: 'error'; readonly code: Refusal; readonly message: string };

/** What a frame says, or undefined when this page does not understand it. */
export function parseSignal(text: string): FromRuntime | undefined {
  const frame = parseObject(text);
  switch (frame?.['type']) {
    case 'answer': {
      const { sdp, resume } = frame;
      if (typeof sdp !== 'string' || typeof resume !== 'string') return undefined;
      return { type: 'answer', sdp, resume };
    }
    case 'candidate': {
      const { candidate, sdpMid, sdpMLineIndex } = frame;
      return {
        type: 'candidate',
        candidate: stringOr(candidate, null),
        ...(typeof sdpMid === 'string' && { sdpMid }),
        ...(typeof sdpMLineIndex === 'number' && { sdpMLineIndex }),
      };
    }
    case 'bye': {
      const { reason, message } = frame;
      if (typeof reason !== 'string') return undefined;
      return { type: 'bye', reason, message: stringOr(message, '') };
    }
    case 'error': {
      const { code, message } = frame;
      if (!isRefusal(code)) return undefined;
      return { type: 'error', code, message: stringOr(message, '') };
    }
    default:
      return undefined;
  }
}
