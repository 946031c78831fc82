import { countEvery, type ObserveMode, type ObserveWork, type Verdict, type VerdictDecision } from '@slipway/core';
import { gaugeCondition, judgedCondition, type JudgedCondition } from '@slipway/judge';
import type { ProviderAccess } from '../../providers/provider-access.ts';
import type { Done, EffectContext, Handlers } from '../handler.ts';
import { runAgain } from '../handler.ts';
import type { Flags } from '../../flags/flags.ts';
import { FlagStanding } from '../flags/flag-standing.ts';
import { askedShare } from './asked-share.ts';
import { Comparison } from './comparison.ts';
import { CompiledConditions } from './compiled-conditions.ts';
import { ownSamples } from './flag-exposure.ts';
import { Gauges } from './gauges.ts';
import { Identity } from './identity.ts';
import { Readings } from './readings.ts';
import { Triggers } from './triggers.ts';
import { verdictOutcome } from './verdict-outcome.ts';
import { liveLook, type Look, lookAt } from './watch.ts';
import { baselineFrom, noteOf } from './baseline-note.ts';
import { type Baseline, continues, extended, isCounted, oldFromTheStart, type Samples } from './window.ts';

/** Looks at the new version every second or so until the judge has a verdict. A flag that is not this launch's any more has none: the step fails. */
export function observeHandler(access: ProviderAccess, flags: Flags): Handlers['observe'] {
  const conditions = new CompiledConditions();
  return {
    run: (work, context) => new Observation({ access, flags, conditions }, work, context).run(),
    verify: runAgain,
    idempotent: () => true,
  };
}

interface Ports {
  readonly access: ProviderAccess;
  readonly flags: Flags;
  readonly conditions: CompiledConditions;
}

interface Times {
  /** Epoch ms. */
  readonly now: number;
  /** Running time. */
  readonly running: number;
}

class Observation {
  readonly #access: ProviderAccess;
  readonly #work: ObserveWork;
  readonly #context: EffectContext;
  readonly #conditions: readonly JudgedCondition[];
  /** Judged at the end, besides the others. */
  readonly #success: readonly JudgedCondition[];
  readonly #triggers: Triggers;
  readonly #readings: Readings;
  readonly #comparison: Comparison | null;
  readonly #gauges: Gauges | null;
  readonly #identity: Identity | null;
  readonly #standing: FlagStanding | null;
  #baseline: Baseline | null;
  #noted = true;
  /** Running time at which the hold began, as if somebody had watched all along: no clock that is set makes it shorter or longer. */
  #began: number;
  /** Running time of the last look at which every source answered for the new version. */
  #lastUsable: number;

  constructor({ access, flags, conditions }: Ports, work: ObserveWork, context: EffectContext) {
    this.#access = access;
    this.#work = work;
    this.#context = context;
    this.#conditions = [
      ...work.judging.conditions.map((condition) => conditions.of(condition)),
      ...(work.judging.comparing?.metrics ?? []).map(({ metric }) => judgedCondition(metric)),
      ...(work.judging.gauges ?? []).map(gaugeCondition),
    ];
    this.#triggers = new Triggers(work, context, conditions);
    this.#success = (work.judging.success ?? []).map((condition) => conditions.of(condition));
    this.#comparison = Comparison.of(work, context, access.machine.clock.running());
    this.#gauges = Gauges.of(work, context);
    this.#identity = Identity.of(access, work, context);
    this.#readings = new Readings(access, work, context);
    this.#standing = FlagStanding.of(flags, work, { context, clock: access.machine.clock });
    this.#baseline = work.mode === 'decide' ? baselineFrom(context.note) : null;
    const { clock } = access.machine;
    // While nobody was there nobody watched, however long the clock says that it was.
    this.#began = clock.running() - (this.#baseline?.watched ?? 0);
    this.#lastUsable = clock.running();
  }

  async run(): Promise<Done> {
    const { clock } = this.#access.machine;
    try {
      for (;;) {
        const done = await this.#lookOnce();
        if (done !== null) return done;
        await clock.sleep(this.#work.judging.every, this.#context.signal);
      }
    } finally {
      this.#identity?.stop();
    }
  }

  /** By itself, so that nothing of a look is kept until the next one: thousands may watch. */
  async #lookOnce(): Promise<Done | null> {
    this.#context.signal.throwIfAborted();
    await this.#standing?.look();
    const samples = await this.#readings.read();
    this.#context.signal.throwIfAborted();
    const look = await this.#look(samples);
    this.#context.look({
      ...liveLook(this.#context, { ...this.#work, hold: this.#hold }, look),
      ...this.#readings.live,
    });
    const decision = await this.#decisionOf(look, samples);
    if (decision === null || !(await this.#mayDecide(decision))) return null;
    const stepBack = this.#stepsBack(look) ? { stepBack: true as const } : {};
    // What another version did is not gone on from.
    const comparison = this.#identity?.isOther === true ? null : this.#comparison;
    const analysis = comparison === null ? {} : { analysis: comparison.result, record: comparison.record, ...stepBack };
    return verdictOutcome(look, decision, { readings: this.#readings, analysis, identity: this.#identity });
  }

  /** What is read of a flag that somebody has just killed looks well: nothing but a failure is said of it before it is known whose it is. */
  async #mayDecide(decision: VerdictDecision): Promise<boolean> {
    return decision === 'fail' || this.#standing === null || (await this.#standing.isOurs());
  }

  async #look(samples: Samples): Promise<Look> {
    const { clock } = this.#access.machine;
    const [now, running] = [clock.now(), clock.running()];
    if (Object.values(samples).every((sample) => isCounted(sample.new))) this.#lastUsable = running;
    // First, so that what is noted holds this look as well.
    const analysis = this.#comparison?.lookAt(samples, { elapsed: running - this.#began, now: running }) ?? null;
    const uncompared = this.#comparison?.uncompared(running) ?? null;
    const gauges = this.#gauges?.lookAt(samples, { now, running, elapsed: running - this.#began }) ?? [];
    const baseline = await this.#baselineFor(samples, { now, running });
    const passed = { elapsed: Math.max(0, running - this.#began), silentFor: running - this.#lastUsable };
    const { report: copies } = this.#readings;
    const identity = this.#identity?.look() ?? null;
    const seen = {
      baseline,
      samples: ownSamples(samples, baseline, { work: this.#work, context: this.#context }),
      now,
      copies,
      analysis,
      uncompared,
      gauges,
      identity,
      ...passed,
    };
    const work = { ...this.#work, hold: this.#hold };
    const look = lookAt(work, this.#conditions, seen);
    const findings = this.#findingsOfTriggers(work, seen);
    await this.#triggers.look(findings, running);
    // All is well, and it would end with that: what is asked at the end is asked now.
    const asked = [
      ...this.#success,
      // One that nobody could tell is no pass; one that is true acts by itself.
      ...this.#triggers.conditions.filter((_, index) => findings[index]?.holds === 'unknown'),
    ];
    return asked.length > 0 && look.judgement.final === 'pass'
      ? lookAt(work, [...this.#conditions, ...asked], seen)
      : look;
  }

  #findingsOfTriggers(work: ObserveWork, seen: Parameters<typeof lookAt>[2]): Verdict['findings'] {
    const { conditions } = this.#triggers;
    if (conditions.length === 0) return [];
    const alone = { ...seen, copies: null, analysis: null, uncompared: null, gauges: [], identity: null };
    return lookAt(work, conditions, alone).verdict('pass').findings;
  }

  /** People may have what soaks watched for longer. */
  get #hold(): number {
    const work = this.#context.newest?.()?.work;
    return work?.kind === 'observe' ? work.hold : this.#work.hold;
  }

  /** The hold goes on over a restart of this server, not over a restart of what counts: those counts are lost. */
  async #baselineFor(samples: Samples, { now, running }: Times): Promise<Baseline> {
    const known = this.#baseline;
    if (known === null || !continues(known, samples)) return this.#begin(samples, now);
    const more = extended(known, samples);
    const watched = Math.max(0, running - this.#began);
    const isTime = watched - known.watched >= countEvery(this.#hold);
    const isFull = this.#comparison?.mustBeWritten === true;
    if (more === null && this.#noted && !isTime && !isFull) return known;
    return this.#keep({ ...(more ?? known), watched });
  }

  async #begin(samples: Samples, now: number): Promise<Baseline> {
    const oldIsIdle = askedShare(this.#context.launch, this.#work) === 100;
    const counted = oldIsIdle ? oldFromTheStart(samples) : samples;
    this.#began = this.#access.machine.clock.running();
    return this.#keep({ startedAt: now, watched: 0, samples: counted });
  }

  /** Only a hold time that can pass is worth an event: a watch may begin its own anew for as long as nobody comes. */
  async #keep(baseline: Baseline): Promise<Baseline> {
    this.#baseline = baseline;
    const comparison = this.#comparison;
    if (this.#work.mode !== 'decide' && comparison?.mustBeWritten !== true) return baseline;
    const looks = comparison?.unwritten ?? 0;
    this.#noted = await this.#context.noteDown(
      noteOf(baseline, comparison?.note, this.#gauges?.note),
      comparison?.record,
    );
    if (this.#noted) comparison?.written(looks);
    return baseline;
  }

  /** Of a watch that goes on while the launch is held nothing is moved. */
  #stepsBack(look: Look): boolean {
    return (
      this.#work.mode === 'decide' &&
      look.judgement.standing === 'suspect' &&
      this.#comparison?.isExposureSpent === true
    );
  }

  /** A watch that must not end with this verdict begins its hold time anew. */
  async #decisionOf(look: Look, samples: Samples): Promise<VerdictDecision | null> {
    const final = this.#stepsBack(look) ? 'insufficient-data' : look.judgement.final;
    if (final === null || ends(this.#work.mode, final)) return final;
    const { clock } = this.#access.machine;
    const isOver = clock.running() - this.#began >= this.#hold;
    if (isOver || this.#identity?.isOther === true) await this.#begin(samples, clock.now());
    return null;
  }
}

function ends(mode: ObserveMode, decision: VerdictDecision): boolean {
  switch (mode) {
    case 'decide':
      return true;
    case 'watch':
      return decision === 'pass' || decision === 'fail';
    case 'guard':
      return decision === 'fail';
  }
}
