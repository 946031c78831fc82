import type { ObserveWork } from '@slipway/core';
import type { FlagRecord } from '@slipway/flags';
import type { Bilingual } from '@slipway/judge';
import type { Flags } from '../../flags/flags.ts';
import type { Clock } from '../../ports/clock.ts';
import { placeOf } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { FlagTaken } from './flag-taken.ts';

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

  #lost(): Lost | null {
    const record = this.#flags.find(this.#set)?.state.flags.get(this.#flag);
    if (record?.kill !== undefined && record.kill !== null)
      return { kind: 'killed', reasons: killedBy(this.#flag, record.kill) };
    if (record !== undefined && this.#isOurs(record)) return null;
    // What is served is old where the database is away: then a change that is missing here says nothing.
    return this.#flags.staleSince() === null ? { kind: 'changed' } : null;
  }

  #isOurs({ ramp, definition }: FlagRecord): boolean {
    const isServed = ramp?.variant === this.#variant && definition.state === 'ENABLED';
    return isServed && ramp.launch?.id === this.#context.launch.id;
  }

  /** Whoever changed the flag last; null: the database does not say. */
  async #changer(): Promise<string | null> {
    try {
      const [newest] = await this.#flags.history(this.#set, { flag: this.#flag, before: null, limit: 1 });
      if (newest === undefined) return null;
      return newest.actor.kind === 'person' ? newest.actor.id : 'Slipway';
    } catch {
      return null;
    }
  }
}

interface Watching {
  readonly context: EffectContext;
  readonly clock: Clock;
}

type Lost = { readonly kind: 'killed'; readonly reasons: Bilingual } | { readonly kind: 'changed' };

function killedBy(flag: string, { by, reason }: NonNullable<FlagRecord['kill']>): Bilingual {
  return {
    en: `the flag ${flag} was killed by ${by}: ${reason}`,
    fr: `le flag ${flag} a été éteint par ${by} : ${reason}`,
  };
}

function changedBy(flag: string, by: string | null): Bilingual {
  return {
    en: `the flag ${flag} is not ramped by this launch any more: ${by ?? 'somebody'} changed it`,
    fr: `le flag ${flag} n'est plus ouvert par ce lancement : ${by ?? "quelqu'un"} l'a changé`,
  };
}
