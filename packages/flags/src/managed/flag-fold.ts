import type { FlagActor, FlagEvent, RecordedFlagEvent } from './flag-event.ts';
import type { FlagRecord, Kill, Scheduled, SegmentRecord } from './flag-record.ts';
import type { FlagSet, Proposal } from './flag-set.ts';
import { keptAbout } from './kept-about.ts';
import { LIMITS } from './limits.ts';
import { outdates } from './outdates.ts';

type Of<T extends FlagEvent['type']> = Extract<FlagEvent, { type: T }>;

/** A private copy of a set that events are added to. Each map is copied once, and only if an event changes it. */
export class FlagFold {
  #set: FlagSet;
  #flags: Map<string, FlagRecord> | null = null;
  #segments: Map<string, SegmentRecord> | null = null;

  constructor(set: FlagSet) {
    this.#set = set;
  }

  /** As it is now: it changes with the next event that is added. */
  get now(): FlagSet {
    return this.#set;
  }

  /** The set for good: what is added afterwards does not change it. */
  finish(): FlagSet {
    this.#flags = null;
    this.#segments = null;
    return this.#set;
  }

  add(recorded: RecordedFlagEvent): void {
    this.#outdate(recorded.event);
    this.#event(recorded.event, recorded);
    this.#set = { ...this.#set, version: recorded.seq };
  }

  #outdate(event: FlagEvent): void {
    const { proposals, segments } = this.#set;
    const hit = new Set(proposals.filter(({ outdated, change }) => !outdated && outdates(event, change, segments)));
    if (hit.size === 0) return;
    this.#proposals(proposals.map((each) => (hit.has(each) ? { ...each, outdated: true } : each)));
  }

  #event(event: FlagEvent, recorded: RecordedFlagEvent): void {
    switch (event.type) {
      case 'set-created':
        this.#set = { ...this.#set, bucketing: event.bucketing };
        return;
      case 'flag-defined':
        return this.#defined(event, recorded);
      case 'flag-removed':
        return this.#removed(event.flag);
      case 'segment-defined':
        this.#ownSegments().set(event.segment, { name: event.segment, rule: event.rule, origin: event.origin });
        return;
      case 'segment-removed':
        this.#ownSegments().delete(event.segment);
        return;
      case 'ramp-set':
        return this.#changed(event.flag, recorded, { ramp: event.ramp });
      case 'ramp-ended':
        return this.#changed(event.flag, recorded, { ramp: null });
      case 'flag-killed': {
        const { reason, launch } = event;
        const by = actorId(recorded.actor);
        return this.#changed(event.flag, recorded, { kill: { reason, launch, by, at: recorded.at } });
      }
      case 'flag-unkilled':
        return this.#changed(event.flag, recorded, { kill: null });
      case 'change-scheduled':
        return this.#scheduled([...this.#set.scheduled, { ...event.scheduled, by: actorId(recorded.actor) }]);
      case 'schedule-done':
      case 'schedule-cancelled':
        return this.#scheduled(this.#set.scheduled.filter((each) => each.id !== event.id));
      case 'change-proposed':
        return this.#proposals([...this.#set.proposals, proposalOf(event, recorded)]);
      case 'proposal-approved':
      case 'proposal-rejected':
        return this.#proposals(this.#set.proposals.filter((each) => each.id !== event.id));
      case 'policy-set':
        this.#set = { ...this.#set, policy: event.policy };
        return;
    }
  }

  #defined(event: Of<'flag-defined'>, { seq, at }: RecordedFlagEvent): void {
    const before = this.#set.flags.get(event.flag);
    const kill = before?.kill ?? this.#set.removedKills.get(event.flag) ?? null;
    if (before === undefined && kill !== null) this.#removedKills(event.flag, null);
    this.#ownFlags().set(event.flag, {
      key: event.flag,
      definition: event.definition,
      about: keptAbout(event.flag, event.definition),
      origin: event.origin,
      ramp: before?.ramp ?? null,
      kill,
      revision: seq,
      changedAt: at,
      createdAt: before?.createdAt ?? at,
    });
  }

  #removed(flag: string): void {
    const kill = this.#set.flags.get(flag)?.kill ?? null;
    this.#ownFlags().delete(flag);
    if (kill !== null) this.#removedKills(flag, kill);
  }

  #removedKills(flag: string, kill: Kill | null): void {
    const others = [...this.#set.removedKills].filter(([key]) => key !== flag);
    const all = kill === null ? others : [...others, [flag, kill] as const];
    this.#set = { ...this.#set, removedKills: new Map(all.slice(-LIMITS.removedKills)) };
  }

  #changed(flag: string, { seq, at }: RecordedFlagEvent, change: Partial<FlagRecord>): void {
    const before = this.#set.flags.get(flag);
    // Of a flag that is gone nothing is left to change.
    if (before === undefined) return;
    this.#ownFlags().set(flag, { ...before, ...change, revision: seq, changedAt: at });
  }

  #scheduled(scheduled: readonly Scheduled[]): void {
    this.#set = { ...this.#set, scheduled };
  }

  #proposals(proposals: readonly Proposal[]): void {
    this.#set = { ...this.#set, proposals };
  }

  #ownFlags(): Map<string, FlagRecord> {
    if (this.#flags === null) {
      this.#flags = new Map(this.#set.flags);
      this.#set = { ...this.#set, flags: this.#flags };
    }
    return this.#flags;
  }

  #ownSegments(): Map<string, SegmentRecord> {
    if (this.#segments === null) {
      this.#segments = new Map(this.#set.segments);
      this.#set = { ...this.#set, segments: this.#segments };
    }
    return this.#segments;
  }
}

/** Who is written down: a person's id, or slipway. */
export function actorId(actor: FlagActor): string {
  return actor.kind === 'person' ? actor.id : 'slipway';
}

function proposalOf({ id, change, reason }: Of<'change-proposed'>, { actor, at }: RecordedFlagEvent): Proposal {
  return { id, change, reason, by: actorId(actor), at, outdated: false };
}
