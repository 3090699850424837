/** Why the end is near, and what the viewer can do about it. */
export function warningSentence(reason: string): string {
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
