import type { Json, ObserveWork } from '@slipway/core';
import {
  type GaugeMemory,
  type GaugeRules,
  gaugeRulesFor,
  gaugeStanding,
  type SeenGauge,
  withReading,
} from '@slipway/judge';
import type { WatchedGauge } from '@slipway/plan';
import type { Reading } from '@slipway/provider-kit';
import type { EffectContext } from '../handler.ts';
import { askedShare } from './asked-share.ts';
import { plainJson } from './comparison-state.ts';
import { type KeptArms, type KeptGauges, keptGauges, NO_ARMS } from './gauge-note.ts';
import type { Samples } from './window.ts';

interface Moment {
  /** Epoch ms. */
  readonly now: number;
  /** Running time. */
  readonly running: number;
  /** Milliseconds of the hold that have passed. */
  readonly elapsed: number;
}

/** Remembers gauges over one hold, and over deaths of this process. A share begins anew: it has another load, which is no slope. */
export class Gauges {
  readonly #work: ObserveWork;
  readonly #watched: readonly WatchedGauge[];
  readonly #rules: GaugeRules;
  readonly #isCompared: boolean;
  #kept: KeptGauges;
  /** What the readings' clock is ahead of the running time; null before the first look. */
  #ahead: number | null = null;

  /** null: none is watched. */
  static of(work: ObserveWork, context: EffectContext): Gauges | null {
    const { gauges } = work.judging;
    return gauges === undefined ? null : new Gauges(work, gauges, context);
  }

  private constructor(work: ObserveWork, watched: readonly WatchedGauge[], { launch, note }: EffectContext) {
    this.#work = work;
    this.#watched = watched;
    this.#rules = gaugeRulesFor(work.judging.every);
    // A version without traffic needs next to nothing: whoever is compared with it has more.
    this.#isCompared = work.oldVersion !== null && askedShare(launch, work) !== 100;
    this.#kept = (work.mode === 'decide' ? keptGauges(note) : null) ?? { epoch: 0, time: 0, arms: {} };
  }

  /** How each gauge stands with what was read now. */
  lookAt(samples: Samples, moment: Moment): readonly SeenGauge[] {
    const { rules, time } = this.#at(moment);
    const arms = this.#watched.map(({ metric }): readonly [string, KeptArms[string]] => {
      const before = this.#kept.arms[metric] ?? NO_ARMS;
      const sample = samples[metric];
      const read = (memory: GaugeMemory, reading: Reading | undefined): GaugeMemory =>
        reading?.kind === 'gauge' ? withReading(memory, { at: time, value: reading.value }, rules) : memory;
      return [metric, { new: read(before.new, sample?.new), old: read(before.old, sample?.old) }];
    });
    this.#kept = { epoch: moment.now, time, arms: Object.fromEntries(arms) };
    const left = Math.max(0, this.#work.hold - moment.elapsed);
    return this.#watched.map((gauge) => ({ gauge, standing: this.#standing(gauge, { now: time, left }) }));
  }

  #standing(
    gauge: WatchedGauge,
    { now, left }: { readonly now: number; readonly left: number },
  ): SeenGauge['standing'] {
    const { new: fresh, old } = this.#kept.arms[gauge.metric] ?? NO_ARMS;
    return gaugeStanding(gauge, { new: fresh, old: this.#isCompared ? old : null }, { now, left, rules: this.#rules });
  }

  /**
   * The readings' clock runs with the process, so that no clock that is set bends a slope; only what a death took is known from the
   * clock of the machine. What was before it counts, where it took less than half of what a slope is taken over.
   */
  #at({ now, running }: Moment): { readonly time: number; readonly rules: GaugeRules } {
    if (this.#ahead !== null) return { time: Math.round(running + this.#ahead), rules: this.#rules };
    this.#ahead = this.#kept.time + (now - this.#kept.epoch) - running;
    const rules = { ...this.#rules, longestGap: Math.max(this.#rules.longestGap, this.#rules.span / 2) };
    return { time: Math.round(running + this.#ahead), rules };
  }

  /** What a successor goes on from. */
  get note(): Json {
    return plainJson(this.#kept);
  }
}
