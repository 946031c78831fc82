import type {
  FlagHistory,
  FlagSetList,
  FlagSetView,
  FlagSummary,
  ScheduledFlagChange,
  StaleFlagList,
} from '@slipway/contract';
import { localTime } from '../terminal/local-time.ts';
import type { Symbols } from '../terminal/symbols.ts';
import type { Pen } from './pen.ts';
import type { Mark } from './words.ts';

/** A sign and a colour for a flag's state. Its word comes from the messages and stands beside it. */
export function flagMark(state: FlagSummary['state'], symbols: Symbols): Mark {
  switch (state) {
    case 'killed':
      return { symbol: symbols.failed, style: 'red' };
    case 'disabled':
      return { symbol: symbols.skipped, style: 'yellow' };
    case 'ramping':
      return { symbol: symbols.active, style: 'cyan' };
    case 'serving':
      return { symbol: symbols.passed, style: 'green' };
  }
}

/** Every set in a line. */
export function flagSetsLines({ sets }: FlagSetList, pen: Pen): string[] {
  const { flags: words } = pen.m;
  if (sets.length === 0) return pen.hang('', words.noSets);
  return sets.flatMap(({ set, flags, killed }) =>
    pen.hang(`${pen.paint('bold', pen.clean(set))} ${pen.symbols.dot} `, words.setLine(flags, killed.join(', '))),
  );
}

/** The flags of a set, what is scheduled and what waits for approval. */
export function flagSetLines(view: FlagSetView, pen: Pen): string[] {
  const { flags: words } = pen.m;
  return [
    ...staleLine(view.staleSince, pen),
    ...(view.flags.length === 0 ? pen.hang('', words.noFlags(view.set)) : []),
    ...view.flags.flatMap((flag) => flagEntry(flag, pen)),
    ...view.scheduled.flatMap((each) => scheduledLine(each, pen)),
    ...view.proposals.flatMap(({ id, what, by }) =>
      pen.hang(
        `${pen.paint('yellow', `${pen.symbols.waiting} ${pen.clean(words.proposals)}`)} `,
        pen.join(id, what, by),
      ),
    ),
  ];
}

/** A warning where what is shown may be old. */
export function staleLine(since: number | null, pen: Pen): string[] {
  if (since === null) return [];
  return pen.hang(`${pen.paint('yellow', pen.symbols.warning)} `, pen.m.flags.stale(localTime(since)), 'yellow');
}

/** A change that is to come. `indent`: spaces in front of it. */
export function scheduledLine({ id, at, what }: ScheduledFlagChange, pen: Pen, indent = ''): string[] {
  const { flags: words } = pen.m;
  const lead = `${indent}${pen.symbols.waiting} ${pen.clean(words.labels.scheduled)} `;
  return pen.hang(lead, pen.join(words.due(localTime(at)), what, id));
}

function flagEntry(flag: FlagSummary, pen: Pen): string[] {
  const { flags: words } = pen.m;
  const mark = flagMark(flag.state, pen.symbols);
  return [
    ...pen.hang('', pen.join(flag.key, flag.type, flag.owner, words.expires(flag.expires)), 'bold'),
    ...pen.hang(
      `  ${pen.paint(mark.style, `${mark.symbol} ${pen.clean(words.states[flag.state])}`)} ${pen.symbols.dot} `,
      flag.sentence,
    ),
    ...nextLine(flag.next, pen),
  ];
}

/** What happened, newest first. `flag`: the one that was asked for; '': all. */
export function flagHistoryLines({ set, entries }: FlagHistory, flag: string, pen: Pen): string[] {
  const { flags: words } = pen.m;
  if (entries.length === 0)
    return pen.hang('', flag === '' ? words.nothingHappened : words.nothingHappenedTo(set, flag));
  return entries.flatMap(({ seq, at, by, what, due }) =>
    pen.hang(
      `${String(seq).padStart(4)} ${localTime(at)} `,
      pen.join(by, what, due === null ? '' : words.due(localTime(due))),
    ),
  );
}

/** Flags that should be removed, the longest overdue first. */
export function staleFlagLines({ flags }: StaleFlagList, pen: Pen): string[] {
  if (flags.length === 0) return pen.hang('', pen.m.flags.noStale);
  return flags.flatMap(({ key, owner, why, next }) => [
    ...pen.hang('', pen.join(key, owner), 'bold'),
    ...pen.hang(`  ${pen.paint('yellow', pen.symbols.warning)} `, why),
    ...nextLine(next, pen),
  ]);
}

/** The same of several sets. */
export function staleSetsLines(sets: readonly StaleFlagList[], pen: Pen): string[] {
  const found = sets.filter(({ flags }) => flags.length > 0);
  if (found.length === 0) return pen.hang('', pen.m.flags.noStale);
  return found.flatMap((each) => [...pen.hang('', each.set, 'bold'), ...staleFlagLines(each, pen)]);
}

function nextLine(next: string | null, pen: Pen): string[] {
  return next === null ? [] : pen.hang(`  ${pen.clean(pen.m.flags.labels.next)}: `, next);
}
