import { describe, expect, test } from 'vitest';
import { patiently } from './patience';
import { ServiceFailure } from './services';

const away = new ServiceFailure('It answers 503.', { status: 503 });
const silent = new ServiceFailure('It does not answer.');
const gone = new ServiceFailure('It answers 404.', { status: 404 });

describe('a server that is away', () => {
  test('is asked again until it is back', async () => {
    const answers = [away, silent, 'here'];
    expect(await patiently(() => next(answers), soon)).toBe('here');
  });

  test('is asked 5 times', async () => {
    const answers = [away, away, away, away, silent, 'late'];
    await expect(patiently(() => next(answers), soon)).rejects.toBe(silent);
    expect(answers).toEqual(['late']);
  });
});

test.each([gone, new DOMException('left', 'AbortError')])(
  'what will not go better is not tried again: %s',
  async (failure) => {
    const answers = [failure, 'here'];
    await expect(patiently(() => next(answers), soon)).rejects.toBe(failure);
    expect(answers).toEqual(['here']);
  },
);

const soon = () => Promise.resolve();

async function next(answers: unknown[]): Promise<unknown> {
  const answer = answers.shift();
  if (answer instanceof Error) throw answer;
  return answer;
}
