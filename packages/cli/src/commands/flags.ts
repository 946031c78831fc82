import type { Cli } from '../cli.ts';
import { addFlagApproval } from './flags-approve.ts';
import { addFlagChanges } from './flags-change.ts';
import { addFlagFiles } from './flags-files.ts';
import { addFlagKeys } from './flags-keys.ts';
import { addFlagLooks } from './flags-look.ts';

/** Everything about flags but the kill, which is a verb of its own: whoever needs it has no time. */
export function addFlags(cli: Cli): void {
  const group = cli.group('flags');
  addFlagLooks(cli, group);
  addFlagFiles(cli, group);
  addFlagChanges(cli, group);
  addFlagApproval(cli, group);
  addFlagKeys(cli, group);
}
