import type { AnswerCounts } from '@slipway/provider-kit';

type AnswerClass = Exclude<keyof AnswerCounts, 'failed'>;

/** A status outside 100..599, which HTTP does not define, is an answer nobody can rely on. */
export function classOf(status: number): AnswerClass {
  if (status >= 100 && status < 200) return '1xx';
  if (status >= 200 && status < 300) return '2xx';
  if (status >= 300 && status < 400) return '3xx';
  if (status >= 400 && status < 500) return '4xx';
  return '5xx';
}

/** Counts that go up. */
export const noAnswers = (): Record<keyof AnswerCounts, number> => ({
  '1xx': 0,
  '2xx': 0,
  '3xx': 0,
  '4xx': 0,
  '5xx': 0,
  failed: 0,
});
