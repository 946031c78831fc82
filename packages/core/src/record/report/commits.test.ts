import { describe, expect, test } from 'vitest';
import { commit } from '../testing/commits.ts';
import { changeGroup } from './commits.ts';

describe('the group of a commit', () => {
  test.each([
    [{ type: 'feat' }, 'Added'],
    [{ type: 'FEAT' }, 'Added'],
    [{ type: 'fix' }, 'Fixed'],
    [{ type: 'fix', scope: 'security' }, 'Security'],
    [{ type: 'perf' }, 'Changed'],
    [{ type: 'deprecate' }, 'Deprecated'],
    [{ type: 'revert' }, 'Removed'],
    [{ type: 'chore' }, null],
    [{ type: 'chore', breaking: true }, 'Changed'],
    [{ type: null }, null],
    [{ type: 'constructor' }, null],
  ] as const)('%j', (changes, group) => {
    expect(changeGroup(commit(changes))).toBe(group);
  });
});
