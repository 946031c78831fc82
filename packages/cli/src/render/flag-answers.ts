import type {
  EvaluationKey,
  FlagApplied,
  FlagDelivery,
  FlagDone,
  FlagEvaluated,
  FlagKilled,
  FlagPolicyWire,
  FlagSetStatus,
  FlagSetView,
} from '@slipway/contract';
import { localTime } from '../terminal/local-time.ts';
import { staleLine } from './flag-lists.ts';
import type { Pen } from './pen.ts';
import { shortDigest } from './short-digest.ts';

/** What became of a change. */
export function flagDoneLines({ set, version, events, proposed }: FlagDone, pen: Pen): string[] {
  const { flags: words } = pen.m;
  if (proposed.length > 0) return proposed.flatMap((id) => pen.hang('', words.proposed(set, id)));
  return pen.hang('', events === 0 ? words.wasSo : words.done(set, version));
}

/** A kill, or its end: what holds now, who has heard of it, who is told. */
export function flagKilledLines(killed: FlagKilled, pen: Pen): string[] {
  const { flags: words } = pen.m;
  if (killed.proposed.length > 0) return flagDoneLines(killed, pen);
  const { announced, problem } = killed;
  return [
    ...pen.hang('', `${killed.flag} (${killed.set}): ${killed.sentence}`, 'bold'),
    ...pen.hang('', killed.events === 0 ? words.wasSo : words.inForce(localTime(killed.at))),
    ...(killed.events === 0 ? [] : pen.hang('', reachedText(killed, pen))),
    ...(announced === null ? [] : pen.hang('', words.announced(announced))),
    ...(problem === null
      ? []
      : pen.hang(`${pen.paint('yellow', pen.symbols.warning)} `, words.notAnnounced(problem), 'yellow')),
  ];
}

/** Of what changes nothing for anybody nobody is told. */
function reachedText({ delivery, version }: FlagKilled, pen: Pen): string {
  return delivery !== null && delivery.version < version ? pen.m.flags.sameForAll : deliveredText(delivery, pen);
}

function deliveredText(delivery: FlagDelivery | null, pen: Pen): string {
  const { flags: words } = pen.m;
  if (delivery === null || delivery.told === 0) return words.nobodyListens;
  const { told, fetched, at, lastFetchedAt } = delivery;
  return words.delivered(told, fetched, lastFetchedAt === null ? null : Math.max(0, lastFetchedAt - at));
}

/** What files changed, or would change. */
export function flagAppliedLines(applied: FlagApplied, pen: Pen): string[] {
  const { flags: words } = pen.m;
  const { set, changes, proposed } = applied;
  const lines = changes.flatMap(({ file, of, name, change }) =>
    pen.hang(`  ${pen.clean(words.changes[change])} ${pen.clean(words.of[of])} `, pen.join(name, file)),
  );
  return [...lines, ...summaryOf(applied, pen), ...proposed.flatMap((id) => pen.hang('', words.proposed(set, id)))];
}

function summaryOf({ set, created, dryRun, changes, version, proposed }: FlagApplied, pen: Pen): string[] {
  const { flags: words } = pen.m;
  const made = created ? pen.hang('', dryRun ? words.wouldBeMade(set) : words.made(set)) : [];
  if (proposed.length > 0) return made;
  if (changes.length === 0) return [...made, ...pen.hang('', words.same(set))];
  const text = dryRun ? words.wouldChange(set, changes.length) : words.applied(set, changes.length, version);
  return [...made, ...pen.hang('', text)];
}

/** What the server serves of a set. */
export function flagStatusLines(status: FlagSetStatus, pen: Pen): string[] {
  const { flags: words } = pen.m;
  const { set, version, head, staleSince, trouble, streams, delivery } = status;
  const newest =
    delivery === null
      ? []
      : [words.status.newest(delivery.version, localTime(delivery.at)), deliveredText(delivery, pen)];
  return [
    ...pen.hang('', pen.join(set, words.status.version(version, shortDigest(head))), 'bold'),
    ...(staleSince === null ? pen.hang('  ', words.status.fresh) : staleLine(staleSince, pen)),
    ...(trouble === null ? [] : pen.hang(`${pen.paint('red', pen.symbols.failed)} `, trouble, 'red')),
    ...[words.status.streams(streams), ...newest].flatMap((text) => pen.hang('  ', text)),
  ];
}

/** What somebody would get, and why. */
export function flagEvaluatedLines({ flag, variant, value, reason, error, why }: FlagEvaluated, pen: Pen): string[] {
  const { flags: words } = pen.m;
  const got = variant === null ? words.callersDefault : words.evaluated(variant, JSON.stringify(value));
  return [
    ...pen.hang('', `${flag}: ${got}`, 'bold'),
    ...pen.hang('  ', reason),
    ...(error === null
      ? []
      : pen.hang(`  ${pen.paint('red', pen.symbols.failed)} `, pen.join(error.code, error.details))),
    ...pen.hang('  ', why),
  ];
}

/** What waits for another person. */
export function flagProposalLines({ set, proposals }: FlagSetView, pen: Pen): string[] {
  const { flags: words } = pen.m;
  if (proposals.length === 0) return pen.hang('', words.noProposals);
  return proposals.flatMap(({ id, what, reason, by, at, due }) => [
    ...pen.hang('', pen.join(id, what, due === null ? '' : words.due(localTime(due))), 'bold'),
    ...pen.hang('  ', pen.join(by, localTime(at), reason)),
    ...pen.hang('  ', words.how(set, id)),
  ]);
}

export function flagPolicyLines({ approvals, channels, language }: FlagPolicyWire, pen: Pen): string[] {
  const { policy: words } = pen.m.flags;
  const names = Object.entries(channels).map(([name, { provider }]) => `${name} (${provider})`);
  return [
    ...pen.hang('', words.approvals(approvals)),
    ...pen.hang('', names.length === 0 ? words.toldNobody : pen.join(words.told(names.join(', ')), language)),
  ];
}

export function flagKeyLines(set: string, keys: readonly EvaluationKey[], pen: Pen): string[] {
  if (keys.length === 0) return pen.hang('', pen.m.flags.noKeys(set));
  return keys.flatMap((key) => pen.hang('', pen.join(key.id, key.kind, key.createdBy, localTime(key.createdAt))));
}
