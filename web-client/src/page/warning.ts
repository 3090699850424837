/** An end that the page was warned of. */
export interface NearEnd {
  readonly reason: string;
  /** In milliseconds, as performance.now() counts. */
  readonly at: number;
  /** Whether the viewer can put it off by asking. */
  readonly extendable: boolean;
}

/** Of several ends the first is the one to tell of. */
export function firstOf(ends: Iterable<NearEnd>): NearEnd | undefined {
  return [...ends].sort((a, b) => a.at - b.at)[0];
}

/** Why the end is near, and what the viewer can do about it. */
export function warningSentence({ reason, extendable }: Omit<NearEnd, 'at'>): string {
  if (extendable) return 'The session’s time is almost up.';
  switch (reason) {
    case 'IdleTimeout':
      return 'Nothing has happened for a while. Move the mouse to stay.';
    case 'MaxDuration':
      return 'The session reaches its longest allowed time.';
    case 'NodeDrained':
      return 'The machine running the application is about to be serviced.';
    case 'Preempted':
      return 'The session has to make room for a more urgent one.';
    default:
      return 'The session is about to close.';
  }
}

/** `1:05`, minutes and seconds; never less than nothing. */
export function clockFace(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** Whether the viewer's own doing has taken the reason away. */
export function endsByInput(reason: string): boolean {
  return reason === 'IdleTimeout';
}
