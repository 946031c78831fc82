import type { ObserveWork } from '@slipway/core';
import type { FlagRecord } from '@slipway/flags';
import type { Bilingual } from '@slipway/judge';
import type { Flags } from '../../flags/flags.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredFlagEvent } from '../../ports/flag-store.ts';
import { placeOf } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { FlagTaken, killedBy } from './flag-taken.ts';
import { servesAll } from './serves-all.ts';

/** Milliseconds of running time by which a server may hear later of what another one changed. */
const LAG = 5_000;

/**
 * Looks whether the flag that is watched is still this launch's. Whatever is read of a flag that was killed, or that somebody else
 * ramps, says nothing of this launch's step.
 */
export class FlagStanding {
  readonly #flags: Flags;
  readonly #context: EffectContext;
  readonly #clock: Clock;
  readonly #set: string;
  readonly #flag: string;
  readonly #variant: string;
  /** Running time since which it is not ours; null: it is. */
  #lostAt: number | null = null;

  /** null: no flag is watched. */
  static of(flags: Flags, work: ObserveWork, { context, clock }: Watching): FlagStanding | null {
    return work.flag === undefined ? null : new FlagStanding(flags, { ...work, flag: work.flag }, { context, clock });
  }

  private constructor(flags: Flags, work: ObserveWork & { readonly flag: string }, { context, clock }: Watching) {
    this.#flags = flags;
    this.#context = context;
    this.#clock = clock;
    this.#set = placeOf(context.launch, work.environment);
    this.#flag = work.flag;
    this.#variant = work.newVersion;
  }

  /** Rejects with FlagTaken where it has been somebody else's for longer than word of a change takes. */
  async look(): Promise<void> {
    const lost = this.#lost();
    if (lost === null) {
      this.#lostAt = null;
      return;
    }
    const now = this.#clock.running();
    this.#lostAt ??= now;
    if (now - this.#lostAt < LAG) return;
    throw new FlagTaken(lost.kind === 'killed' ? lost.reasons : changedBy(this.#flag, await this.#changer()));
  }

  /** Whether it is ours beyond doubt, by the log itself: nobody goes on with a flag that was killed a moment ago, here or on another server. */
  async isOurs(): Promise<boolean> {
    if (this.#lost() !== null) return false;
    try {
      const newest = await this.#newest();
      return this.#lost() === null && (newest?.seq ?? 0) <= (this.#flags.find(this.#set)?.state.version ?? 0);
    } catch {
      return false;
    }
  }

  #lost(): Lost | null {
    const record = this.#flags.find(this.#set)?.state.flags.get(this.#flag);
    if (record?.kill !== undefined && record.kill !== null)
      return { kind: 'killed', reasons: killedBy(this.#flag, record.kill) };
    if (record !== undefined && this.#isRamped(record)) return null;
    // What is served is old where the database is away: then a change that is missing here says nothing.
    return this.#flags.staleSince() === null ? { kind: 'changed' } : null;
  }

  /** A definition that gives the variant to everybody has ended a ramp that had reached them all: nothing was taken from anybody. */
  #isRamped({ ramp, definition }: FlagRecord): boolean {
    if (ramp === null) return servesAll(definition, this.#variant);
    const isServed = ramp.variant === this.#variant && definition.state === 'ENABLED';
    return isServed && ramp.launch?.id === this.#context.launch.id;
  }

  /** Whoever changed the flag last; null: the database does not say. */
  async #changer(): Promise<string | null> {
    try {
      const newest = await this.#newest();
      if (newest === undefined) return null;
      return newest.actor.kind === 'person' ? newest.actor.id : 'Slipway';
    } catch {
      return null;
    }
  }

  async #newest(): Promise<StoredFlagEvent | undefined> {
    const [newest] = await this.#flags.history(this.#set, { flag: this.#flag, before: null, limit: 1 });
    return newest;
  }
}

interface Watching {
  readonly context: EffectContext;
  readonly clock: Clock;
}

type Lost = { readonly kind: 'killed'; readonly reasons: Bilingual } | { readonly kind: 'changed' };

function changedBy(flag: string, by: string | null): Bilingual {
  return {
    en: `the flag ${flag} is not ramped by this launch any more: ${by ?? 'somebody'} changed it`,
    fr: `le flag ${flag} n'est plus ouvert par ce lancement : ${by ?? "quelqu'un"} l'a changé`,
  };
}
