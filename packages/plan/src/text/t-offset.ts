import { DURATION, formatDuration, parseDuration } from './duration.ts';

/** A moment relative to T-0. */
export const T_OFFSET = new RegExp(`^T[+-](?:0$|${DURATION.source.slice(1)})`);

/** `T-30m`, `T+1h` or `T-0` to milliseconds relative to T-0 (before it: negative); null where the text is none of them. */
export function parseTOffset(text: string): number | null {
  if (text === 'T-0' || text === 'T+0') return 0;
  const sign = text.startsWith('T-') ? -1 : text.startsWith('T+') ? 1 : null;
  if (sign === null) return null;
  const length = parseDuration(text.slice(2));
  if (length === null) return null;
  return length === 0 ? 0 : sign * length;
}

/** Milliseconds relative to T-0 to `T-30m`, `T-0` or `T+1h`. */
export function formatTOffset(milliseconds: number): string {
  if (milliseconds === 0) return 'T-0';
  return `T${milliseconds < 0 ? '-' : '+'}${formatDuration(Math.abs(milliseconds))}`;
}
