import type { Commit } from '../report/commits.ts';
import { T0 } from './log.ts';

export function commit(changes: Partial<Commit> = {}): Commit {
  return {
    hash: '0c5c2b7a9d',
    at: T0 - 3_600_000,
    type: 'feat',
    scope: null,
    subject: 'pay with one click',
    breaking: false,
    breakingNote: '',
    references: [],
    ...changes,
  };
}

/** One of each kind. */
export const COMMITS: readonly Commit[] = [
  commit({ scope: 'checkout', references: ['#42'] }),
  commit({ hash: '1f00d1e5aa', type: 'fix', subject: 'round *half* to even' }),
  commit({ hash: '2f00d1e5aa', type: 'fix', scope: 'security', subject: 'check the signature' }),
  commit({
    hash: '3f00d1e5aa',
    type: 'refactor',
    subject: 'one order API',
    breaking: true,
    breakingNote: 'v1 is gone',
  }),
  commit({ hash: '4f00d1e5aa', type: 'chore', subject: 'tidy up' }),
  commit({ hash: '5f00d1e5aa', type: null, subject: '# wip | <b>' }),
];
