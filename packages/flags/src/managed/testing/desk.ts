import type { FlagDefinition } from '../../definition/flag-definition.ts';
import type { Bucketing } from '../../evaluate/flag-evaluator.ts';
import type { Json, Metadata } from '../../json.ts';
import type { FlagDecision } from '../decided.ts';
import { decideFlags } from '../decide-flags.ts';
import { emptyFlagSet } from '../empty-flag-set.ts';
import { evolveAll } from '../evolve-flags.ts';
import type { FlagChange, FlagCommand } from '../flag-command.ts';
import type { FlagActor, RecordedFlagEvent } from '../flag-event.ts';
import type { Audience, FlagRamp } from '../flag-record.ts';
import type { FlagSet } from '../flag-set.ts';

export const ANN: FlagActor = { kind: 'person', id: 'ann' };
export const BOB: FlagActor = { kind: 'person', id: 'bob' };
export const CLOCK: FlagActor = { kind: 'slipway' };
export const START = 1_790_000_000_000;
export const DAY = 86_400_000;

/** A flag set at work: what is decided is folded at once. */
export class Desk {
  readonly log: RecordedFlagEvent[] = [];
  set: FlagSet;
  now = START;

  constructor(bucketing: Bucketing = 'v2') {
    this.set = emptyFlagSet(bucketing);
  }

  /** The types of the events that it comes to, or `code: message`. */
  do(command: FlagCommand, actor: FlagActor = ANN): string {
    const decision = decideFlags(this.set, command, { actor, now: this.now });
    if (decision.ok) this.#record(decision, actor);
    return said(decision);
  }

  change(change: FlagChange, actor: FlagActor = ANN): string {
    return this.do({ type: 'change', id: `change-${this.log.length}`, change, reason: 'because' }, actor);
  }

  define(flag: string, definition: FlagDefinition = flagOf()): string {
    return this.change({ kind: 'define', flag, definition });
  }

  segment(segment: string, rule: Json): string {
    return this.change({ kind: 'define-segment', segment, rule });
  }

  /** As the launch `l1`, variant `on`. */
  launchRamp(flag: string, audience: readonly Audience[], more: Partial<FlagRamp> = {}): string {
    const ramp = { variant: 'on', cohort: flag, audience, launch: { id: 'l1', step: 'production' }, ...more };
    return this.do({ type: 'launch-ramp', flag, ramp }, CLOCK);
  }

  ramp(flag: string, audience: readonly Audience[], more: Partial<FlagRamp> = {}): string {
    return this.change({ kind: 'ramp', flag, ramp: { variant: 'on', cohort: flag, audience, ...more } });
  }

  kill(flag: string, reason = 'errors'): string {
    return this.do({ type: 'kill', flag, reason, launch: null });
  }

  fourEyes(): void {
    this.do({ type: 'set-policy', policy: { approvals: 1, channels: {}, language: 'en' } });
  }

  #record(decision: Extract<FlagDecision, { ok: true }>, actor: FlagActor): void {
    const from = this.set.version;
    const recorded = decision.events.map((event, index) => ({ seq: from + index + 1, at: this.now, actor, event }));
    this.log.push(...recorded);
    this.set = evolveAll(this.set, recorded);
  }
}

/** An on/off flag that is off, with what a team must say of it. */
export function flagOf(more: Partial<FlagDefinition> = {}, about: Metadata = {}): FlagDefinition {
  return {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'off',
    ...more,
    metadata: { type: 'release', owner: 'web', purpose: 'checkout', expires: '2027-01-31', ...about },
  };
}

export function share(percent: number, segment: string | null = null): Audience {
  return { kind: 'share', percent, of: segment === null ? null : { kind: 'segment', segment } };
}

export function inSegment(segment: string): Audience {
  return { kind: 'segment', segment };
}

function said(decision: FlagDecision): string {
  if (decision.ok) return decision.events.map(({ type }) => type).join(' ');
  return `${decision.rejection.code}: ${decision.rejection.message}`;
}

/** What was said, as far as it is expected: of a refusal its beginning. */
export function asFarAs(expected: string, said: string): string {
  return expected.includes(':') ? said.slice(0, expected.length) : said;
}
