import type { FlagSetView, FlagSummary, FlagView, ScheduledFlagChange } from '@slipway/contract';
import type { ServedSet } from '@slipway/engine';
import type { FlagRecord, Proposal, Scheduled } from '@slipway/flags';
import type { Words } from '../words/words.ts';
import { changeText, scheduledText } from './change-text.ts';
import { audienceTexts, flagSentence, flagState } from './flag-sentence.ts';
import { nextStepOf } from './next-step.ts';

type FlagWords = Words['flags'];

/** A flag in a list. */
export function flagSummaryOf(flag: FlagRecord, words: FlagWords): FlagSummary {
  const { type, owner, expires } = flag.about;
  return {
    key: flag.key,
    type,
    owner,
    expires,
    state: flagState(flag),
    sentence: flagSentence(flag, words),
    next: nextStepOf(flag, words),
    changedAt: flag.changedAt,
  };
}

/** A flag with all that is known of it. */
export function flagViewOf({ set, state }: ServedSet, flag: FlagRecord, words: FlagWords): FlagView {
  const { about, ramp, kill, origin } = flag;
  return {
    ...flagSummaryOf(flag, words),
    set,
    purpose: about.purpose,
    off: about.off,
    requires: about.requires.map((each) => ({ ...each })),
    origin: { ...origin },
    ramp:
      ramp === null
        ? null
        : {
            variant: ramp.variant,
            cohort: ramp.cohort,
            audience: audienceTexts(ramp.audience, words),
            launch: ramp.launch === null ? null : { ...ramp.launch },
          },
    kill: kill === null ? null : { ...kill },
    scheduled: scheduledOf(
      state.scheduled.filter((each) => each.flag === flag.key),
      words,
    ),
    revision: flag.revision,
    createdAt: flag.createdAt,
    definition: { ...flag.definition },
  };
}

/** The whole set; `staleSince`: see Flags. */
export function flagSetViewOf({ set, state }: ServedSet, words: FlagWords, staleSince: number | null): FlagSetView {
  const flags = [...state.flags.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const { approvals, channels, language } = state.policy;
  return {
    set,
    version: state.version,
    staleSince,
    flags: flags.map((flag) => flagSummaryOf(flag, words)),
    segments: [...state.segments.values()].map(({ name, origin }) => ({ name, origin: { ...origin } })),
    scheduled: scheduledOf(state.scheduled, words),
    proposals: state.proposals.map((proposal) => proposalOf(proposal, words)),
    policy: { approvals, channels: channelsOf(channels), language },
  };
}

function channelsOf(channels: ServedSet['state']['policy']['channels']): FlagSetView['policy']['channels'] {
  // A copy that JSON can hold, as it was set.
  return JSON.parse(JSON.stringify(channels)) as FlagSetView['policy']['channels'];
}

function scheduledOf(scheduled: readonly Scheduled[], words: FlagWords): ScheduledFlagChange[] {
  return scheduled
    .toSorted((one, other) => one.at - other.at)
    .map(({ id, flag, at, by, change }) => ({ id, flag, at, by, what: scheduledText(flag, change, words) }));
}

function proposalOf({ id, change, reason, by, at }: Proposal, words: FlagWords): FlagSetView['proposals'][number] {
  const times = change.kind === 'schedule' ? change.scheduled.map((each) => each.at) : [];
  return {
    id,
    what: changeText(change, words),
    reason,
    by,
    at,
    due: times.length === 0 ? null : Math.min(...times),
  };
}
