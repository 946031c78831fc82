import type { AdviceRequest } from '@slipway/contract';
import type { Messages } from '../messages/messages.ts';

type Key = keyof AdviceRequest;

/** One thing that has to be known: an option of its own, or a question on the terminal. */
export interface Question {
  readonly key: Key;
  /** As it is typed: --load-unproven. */
  readonly flag: string;
  /** What stands behind the flag in the help. */
  readonly placeholder: string;
  /** What may be answered; null: a number or a frequency. */
  readonly choices: readonly string[] | null;
  /** What counts where nobody is asked; null: it must be said. */
  readonly standard: string | null;
}

const YES_NO = ['yes', 'no'];

const ask = (key: Key, flag: string, rest: Partial<Question> = {}): Question => {
  return { key, flag, placeholder: 'answer', choices: null, standard: null, ...rest };
};

/** In the order in which the tree needs them. */
export const QUESTIONS: readonly Question[] = [
  ask('change', '--change', { placeholder: 'kind', choices: ['feature', 'migration', 'config'] }),
  ask('risk', '--risk', { placeholder: 'risk', choices: ['low', 'high'] }),
  ask('users', '--users', { placeholder: 'count' }),
  ask('traffic', '--traffic', { placeholder: 'frequency' }),
  ask('audience', '--audience', { placeholder: 'audience', choices: ['b2c', 'b2b'] }),
  ask('reversible', '--reversible', { choices: YES_NO }),
  ask('instances', '--instances', { placeholder: 'count' }),
  ask('router', '--router', { choices: YES_NO }),
  ask('flags', '--flags', { choices: YES_NO }),
  ask('compliance', '--compliance', { choices: YES_NO, standard: 'no' }),
  ask('loadUnproven', '--load-unproven', { choices: YES_NO, standard: 'no' }),
  ask('fixedDate', '--fixed-date', { choices: YES_NO, standard: 'no' }),
];

/** What would have been an answer, in words. */
export function expectedOf({ key, choices }: Question, { lint }: Messages): string {
  if (key === 'traffic') return lint.wrongTraffic;
  return choices?.join(', ') ?? lint.wrongNumber;
}
