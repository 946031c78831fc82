import type { Question } from './questions.ts';

const SECONDS = { s: 1, min: 60, h: 3_600 } as const;
const FREQUENCY = /^(\d{1,9}(?:\.\d{1,6})?)\/(s|min|h)$/;
const WHOLE = /^\d{1,10}$/;

/** An answer as the server takes it; null: it is none. */
export function readAnswer({ key, choices }: Question, written: string): string | number | boolean | null {
  const text = written.trim().toLowerCase();
  if (choices !== null) {
    if (!choices.includes(text)) return null;
    return text === 'yes' ? true : text === 'no' ? false : text;
  }
  if (key === 'traffic') return readFrequency(text);
  if (!WHOLE.test(text)) return null;
  const count = Number(text);
  return key === 'instances' && (count < 1 || count > 1_000_000) ? null : count;
}

/** Per second. */
function readFrequency(text: string): number | null {
  const [, count, unit] = FREQUENCY.exec(text) ?? [];
  if (count === undefined) return null;
  return Number(count) / (unit === 's' ? SECONDS.s : unit === 'min' ? SECONDS.min : SECONDS.h);
}
