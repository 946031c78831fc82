import { FREQUENCY } from '../text/frequency.ts';
import { word } from './words.ts';

export const FREQUENCY_WORDS = 'how many requests come in a time, such as 50/s, 3000/min or 1800/h';

export const traffic = () =>
  word(FREQUENCY, FREQUENCY_WORDS).describe(
    'How many requests it usually answers, per s, min or h; "slipway plan" tells with it what each share of a rollout can find. Default: not known. Example: 50/s.',
  );
