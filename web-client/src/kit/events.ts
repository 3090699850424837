/** What a {@link StreamEvent} is about. */
export const EventAction = {
  START: 'start',
  STOP: 'stop',
  TERMINATE: 'terminate',
  MESSAGE: 'message',
  RESIZE: 'resize',
} as const;
export type EventAction = (typeof EventAction)[keyof typeof EventAction];

/** How it went. */
export const EventStatus = {
  SUCCESS: 'success',
  ERROR: 'error',
  WARNING: 'warning',
  IN_PROGRESS: 'inProgress',
  WAITING: 'waiting',
} as const;
export type EventStatus = (typeof EventStatus)[keyof typeof EventStatus];

/** What callbacks are told, and what calls give. */
export interface StreamEvent {
  readonly action: EventAction;
  readonly status: EventStatus;
  /** One sentence, for people; empty where there is nothing to say. */
  readonly info: string;
  /** Vitrine's own word for why, `IdleTimeout` for example: see `EndReason` of the library. */
  readonly reason?: string;
}

/** What calls fail with: an event whose status is `error`, and an Error with the same sentence. */
export class StreamError extends Error implements StreamEvent {
  override readonly name = 'StreamError';
  readonly status = EventStatus.ERROR;
  readonly reason?: string;

  constructor(
    readonly action: EventAction,
    readonly info: string,
    options?: ErrorOptions & { readonly reason?: string },
  ) {
    super(info, options);
    if (options?.reason !== undefined) this.reason = options.reason;
  }
}
