import type { QueuePlace } from '../lib/index.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** `You are 3rd of 12. About 2 minutes.` */
export function lineSentence({ place, of, expectedSeconds }: QueuePlace): string {
  const where = place <= 1 ? 'You are next.' : `You are ${ordinal(place)} of ${of}.`;
  return expectedSeconds === undefined ? where : `${where} ${about(expectedSeconds)}`;
}

const suffixes: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };
const rules = new Intl.PluralRules('en', { type: 'ordinal' });

function ordinal(number: number): string {
  return number + (suffixes[rules.select(number)] ?? 'th');
}

/** Rounded up, and never finer than what can be measured. */
function about(seconds: number): string {
  if (seconds < MINUTE) return 'Less than a minute.';
  return seconds <= HOUR ? counted(seconds / MINUTE, 'minute') : counted(seconds / HOUR, 'hour');
}

function counted(amount: number, unit: string): string {
  const whole = Math.ceil(amount);
  return `About ${whole} ${unit}${whole === 1 ? '' : 's'}.`;
}
