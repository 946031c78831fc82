import type { End } from './fault.ts';

/** Everything was taken back. */
export const TURNED_BACK: readonly End[] = ['scrubbed', 'rolled-back'];
