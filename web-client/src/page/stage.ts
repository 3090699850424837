import type { FromApp, JsonObject } from '../lib/index.js';

/** What the page knows about the stage; nothing until the runtime says something. */
export interface Stage {
  readonly state: FromApp['vitrine.stageState']['state'] | 'unknown';
  readonly message: string;
  /** 0 to 1, while loading and when the application tells. */
  readonly progress?: number;
}

export const unknownStage: Stage = { state: 'unknown', message: '' };

const states: ReadonlySet<unknown> = new Set(['starting', 'ready', 'restarting', 'failed']);

/** The stage after a `vitrine.stageState`. */
export function withState(stage: Stage, { state, message }: FromApp['vitrine.stageState']): Stage {
  return states.has(state) ? { state, message: String(message ?? '') } : stage;
}

/** The stage after an `updateProgressAmount`, whose payload is the application's own. */
export function withProgress(stage: Stage, payload: JsonObject): Stage {
  const progress = payload['progress'];
  return typeof progress === 'number' && progress >= 0 && progress <= 1
    ? { ...stage, progress }
    : stage;
}
