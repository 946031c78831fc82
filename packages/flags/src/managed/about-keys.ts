import type { FlagAbout, FlagType } from './flag-record.ts';
import { LIMITS } from './limits.ts';

/** What a key of a definition's metadata says to whoever writes one. */
interface AboutKey {
  readonly what: string;
  /** How it is written. */
  readonly type: string;
  /** What holds where it is left out; null: it must be there. */
  readonly standard: string | null;
  readonly example: string;
}

export const FLAG_TYPES: readonly FlagType[] = ['release', 'experiment', 'ops', 'permission'];

/** Keys of a definition's metadata that are Slipway's: they are not served. The reference page is made from this table. */
export const ABOUT_KEYS: Readonly<Record<keyof FlagAbout, AboutKey>> = {
  type: {
    what: 'What kind of flag it is: release brings a feature to everybody, experiment compares variants, ops is a switch to run the system by, permission says who may use something.',
    type: `one of ${FLAG_TYPES.join(', ')}`,
    standard: null,
    example: 'release',
  },
  owner: {
    what: 'The team or person who answers for it.',
    type: `text (at most ${LIMITS.text} characters)`,
    standard: null,
    example: 'checkout-team',
  },
  purpose: {
    what: 'What it is for, in a few words.',
    type: `text (at most ${LIMITS.text} characters)`,
    standard: null,
    example: 'Pay with one click',
  },
  expires: {
    what: 'The day when it should be gone. Only an ops or permission flag may live for ever: never.',
    type: 'day of the calendar, or never',
    standard: null,
    example: '2027-06-30',
  },
  off: {
    what: 'The variant that a kill serves, and that is served where a required flag is not as it should be.',
    type: "name of one of the flag's variants",
    standard: 'the one variant whose value is false; required where there is none, or more than one',
    example: 'off',
  },
  requires: {
    what: `Flags of the same set that must serve a variant, at most ${LIMITS.requires}; whoever gets another one there gets the off variant here.`,
    type: 'flag=variant, joined by commas',
    standard: 'none',
    example: 'payments=on, new-cart=blue',
  },
};
