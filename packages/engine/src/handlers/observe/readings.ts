import type { MirrorReport, ObserveWork } from '@slipway/core';
import { reasonOf } from '@slipway/provider-kit';
import type { LiveLook } from '../../live/live-look.ts';
import type { ProviderAccess } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { copyAgain } from './copy-again.ts';
import { gap, type Gap, notToldAgain, toldAgain } from './gap-words.ts';
import { readMirror } from './read-mirror.ts';
import { readSamples } from './read-samples.ts';
import { type Samples, withoutNew } from './window.ts';

/** Reads what a version is judged on; of one that gets copies only also what the copies showed. */
export class Readings {
  readonly #access: ProviderAccess;
  readonly #work: ObserveWork;
  readonly #context: EffectContext;
  /** As of the last time that the router could say. */
  #report: MirrorReport | null = null;
  #again = 0;

  constructor(access: ProviderAccess, work: ObserveWork, context: EffectContext) {
    this.#access = access;
    this.#work = work;
    this.#context = context;
  }

  /** Where nobody can say that copies still reach the new version, no figure of it counts, wherever that comes from. */
  async read(): Promise<Samples> {
    const { environment, mirror } = this.#work;
    const reading = readSamples(this.#access, this.#work, this.#context);
    if (mirror === undefined) return await reading;
    const [samples, copies] = await Promise.all([
      reading,
      readMirror(this.#access, { environment, mirror }, this.#context),
    ]);
    if (copies.is !== 'copying') return withoutNew(samples, await this.#mended(copies));
    this.#report = copies.report;
    return samples;
  }

  /** As of the last time that the router could say; null where it never could, or nothing is copied. */
  get report(): MirrorReport | null {
    return this.#report;
  }

  /** How often the router had forgotten what it copies, and was told again. */
  get again(): number {
    return this.#again;
  }

  /** The counts that a screen has room for. */
  get live(): Pick<LiveLook, 'mirror'> {
    if (this.#report === null) return {};
    const { compared, different } = this.#report;
    return { mirror: { compared, different } };
  }

  /** What stands beside the verdict. */
  get found(): { readonly mirror?: MirrorReport | null } {
    return this.#work.mirror === undefined ? {} : { mirror: this.#report };
  }

  /** Why this reading does not count; the next one may, where the router had forgotten all and could be told again. */
  async #mended(why: Gap): Promise<Gap> {
    try {
      if (!(await copyAgain(this.#access, this.#work, this.#context))) return why;
    } catch (error) {
      this.#context.signal.throwIfAborted();
      return gap(notToldAgain(why, reasonOf(error)));
    }
    this.#again += 1;
    const told = gap(toldAgain(this.#work.environment));
    this.#context.say(told.reason);
    return told;
  }
}
