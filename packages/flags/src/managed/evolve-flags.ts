import type { FlagSet } from './flag-set.ts';
import type { RecordedFlagEvent } from './flag-event.ts';
import { FlagFold } from './flag-fold.ts';

/** The set after one event. It copies the set's maps: fold many events with `evolveAll`. */
export function evolveFlags(set: FlagSet, recorded: RecordedFlagEvent): FlagSet {
  return evolveAll(set, [recorded]);
}

/** The set after these events, in time that grows with their number and not with their number times the set. */
export function evolveAll(set: FlagSet, recorded: Iterable<RecordedFlagEvent>): FlagSet {
  const fold = new FlagFold(set);
  for (const each of recorded) fold.add(each);
  return fold.finish();
}
