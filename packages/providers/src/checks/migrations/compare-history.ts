import type { History, Recorded } from './history.ts';
import { isUpTo } from './migration-key.ts';
import type { MigrationFile } from './migration-files.ts';

export interface Compared {
  readonly applied: number;
  readonly pending: readonly MigrationFile[];
  readonly failed: readonly Recorded[];
  /** In the database, and in no file: somebody else's, or from a later version. */
  readonly unknown: readonly Recorded[];
}

/** What waits, what failed, and what nobody has a file of. `checksums`: of Flyway's repeatable files, by key. Pure. */
export function compareHistory(
  files: readonly MigrationFile[],
  { recorded, baseline }: History,
  checksums: ReadonlyMap<string, number>,
): Compared {
  const latest = new Map(recorded.map((each) => [each.key, each]));
  const keys = new Set(files.map(({ key }) => key));
  const isBefore = (key: string): boolean => baseline !== null && key.startsWith('V') && isUpTo(key.slice(1), baseline);
  const isApplied = ({ key }: MigrationFile): boolean => {
    const found = latest.get(key);
    if (found === undefined) return isBefore(key);
    const changed = checksums.has(key) && checksums.get(key) !== found.checksum;
    return found.state !== 'undone' && !changed;
  };
  const states = [...latest.values()];
  const failed = states.filter(({ state }) => state === 'failed');
  return {
    applied: states.filter(({ state }) => state === 'applied').length,
    pending: files.filter((file) => !isApplied(file)),
    failed,
    unknown: states.filter(({ key, state }) => state === 'applied' && !keys.has(key) && !isBefore(key)),
  };
}
