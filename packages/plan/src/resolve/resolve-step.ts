import type { Command, OnFail, RolloutStage, Step, Undo, WaitUntil } from '../model/step.ts';
import type { SoakCare } from '../model/soak-care.ts';
import { type Authored, type AuthoredOf, isWatch } from '../parse/draft.ts';
import { parseDuration } from '../text/duration.ts';
import { parseTOffset } from '../text/t-offset.ts';
import { flagStages, type SegmentRules } from './flag-stages.ts';
import { condition } from './condition.ts';
import { judging, type JudgingContext } from './judging.ts';
import { type MessageContext, messageSpec } from './message-spec.ts';
import { mirroring } from './mirroring.ts';
import { resolveProof } from './proof.ts';
import { rollingBounds } from './rolling-bounds.ts';

/** What a step is resolved with. Everything is checked before: resolving does not judge. */
export interface StepContext extends JudgingContext {
  readonly id: string;
  readonly phase: string;
  readonly needs: readonly string[];
  readonly segments: SegmentRules;
  readonly told: MessageContext;
  /** Renders a title for people, as far as its variables are known. */
  readonly showTitle: (title: string) => string;
}

/** An authored step as a step of the model. */
export function resolveStep(authored: Authored, context: StepContext): Step {
  switch (authored.kind) {
    case 'check': {
      const { step, use } = authored;
      const limits = { timeout: ms(step.timeout), attempts: step.attempts };
      const decides = step.decides === undefined ? {} : { decides: step.decides };
      return { kind: 'check', ...base(authored, context, step.check), check: use, ...limits, ...decides };
    }
    case 'run':
      return resolveRun(authored, context);
    case 'deploy': {
      const { deploy, timeout, attempts } = authored.step;
      const title = `Deploy to ${deploy}`;
      return { kind: 'deploy', ...base(authored, context, title), environment: deploy, timeout: ms(timeout), attempts };
    }
    case 'soak':
      return resolveSoak(authored, context);
    case 'signoff':
      return resolveSignoff(authored, context);
    case 'task':
      return resolveTask(authored, context);
    case 'rollout':
      return resolveRollout(authored, context);
    case 'flag-rollout':
      return resolveFlagRollout(authored, context);
    case 'announce': {
      const { announce, about, ...written } = authored.step;
      const message = messageSpec({ ...written, title: announce }, context.told);
      return { kind: 'announce', ...base(authored, context, announce), about: about ?? null, message };
    }
    case 'wait':
      return { kind: 'wait', ...base(authored, context, authored.step.wait), until: resolveUntil(authored) };
  }
}

/** Kinds whose evidence speaks against the new version turn back at once; all others ask a person. */
function onFailOf(authored: Authored): OnFail {
  const standard = isWatch(authored) ? 'rollback' : 'hold';
  return authored.step['on-fail'] ?? standard;
}

function base(authored: Authored, context: StepContext, title: string) {
  const { id, phase, needs } = context;
  const { track } = authored.step;
  const common = { id, title: context.showTitle(title), phase, needs, onFail: onFailOf(authored) };
  return track === undefined ? common : { ...common, track };
}

/** Durations are checked by the schema. */
const ms = (duration: string): number => parseDuration(duration) ?? Number.NaN;

interface CommandKeys {
  readonly timeout: string;
  readonly env?: Command['env'] | undefined;
  readonly directory?: string | undefined;
}

function command(argv: readonly string[], keys: CommandKeys): Command {
  return { argv, directory: keys.directory ?? '.', env: keys.env ?? {}, timeout: ms(keys.timeout) };
}

function resolveRun(authored: AuthoredOf<'run'>, context: StepContext): Step {
  const { step } = authored;
  return {
    kind: 'run',
    ...base(authored, context, step.run),
    effect: step.effect,
    command: command(step.command, step),
    attempts: step.attempts,
    confirm: step.confirm ?? null,
    environment: step.environment ?? null,
    verify: step.verify === undefined ? null : command(step.verify, step),
    idempotent: step.idempotent,
    undo: step.undo === undefined ? null : resolveUndo(step.undo, step),
  };
}

/** The way back runs where and with what the step ran, unless it says otherwise. */
function resolveUndo(undo: NonNullable<AuthoredOf<'run'>['step']['undo']>, run: CommandKeys): Undo {
  if ('none' in undo) return { kind: 'none', because: undo.none };
  const keys = { timeout: undo.timeout, env: undo.env ?? run.env, directory: undo.directory ?? run.directory };
  return { kind: 'command', command: command(undo.command, keys) };
}

function resolveTask({ kind, step }: AuthoredOf<'task'>, context: StepContext): Step {
  const { task, owner, due, 'valid-for': validFor } = step;
  return {
    kind,
    ...base({ kind, step }, context, task),
    owner,
    ...resolveProof(step.proof),
    due: due === undefined ? null : parseTOffset(due),
    ...(validFor === undefined ? {} : { validFor: ms(validFor) }),
  };
}

/** With one role there is nothing to be distinct about. */
function resolveSignoff(authored: AuthoredOf<'signoff'>, context: StepContext): Step {
  const { signoff, by, not, distinct, expires, remind, 'asks-again': isTold } = authored.step;
  return {
    kind: 'signoff',
    ...base(authored, context, signoff),
    quorum: by,
    ...(not === undefined ? {} : { not }),
    ...(distinct && Object.keys(by).length > 1 ? { distinct: true } : {}),
    ...(expires === undefined ? {} : { expires: ms(expires) }),
    ...(isTold ? {} : { untold: true }),
    ...(remind === undefined ? {} : { remind: ms(remind) }),
  };
}

function resolveSoak(authored: AuthoredOf<'soak'>, context: StepContext): Step {
  const { step } = authored;
  const hold = ms(step.for);
  const judged = judging(step.while ?? [], { keys: step, hold }, context);
  const success = (step.success ?? []).map((cel) => condition(cel, context.metrics));
  return {
    kind: 'soak',
    ...base(authored, context, `Soak on ${step.soak}`),
    environment: step.soak,
    hold,
    judging: success.length === 0 ? judged : { ...judged, success },
    ...careOf(authored),
  };
}

function careOf({ step, uses }: AuthoredOf<'soak'>): { readonly care?: SoakCare } {
  const { tiers, review } = step;
  if (tiers === undefined) return {};
  const times = tiers.map(({ every, until }) => ({ every: ms(every), until: ms(until) }));
  return { care: { tiers: times, checks: uses, ...(review === undefined ? {} : { review }) } };
}

function resolveRollout(authored: AuthoredOf<'rollout'>, context: StepContext): Step {
  const { step } = authored;
  const stages: readonly RolloutStage[] = step.steps.map((stage) => {
    const hold = ms(stage.hold);
    // A share can only be judged more strictly than the rollout, never less.
    const conditions = [...(step.while ?? []), ...(stage.while ?? [])];
    return { weight: stage.weight, hold, judging: judging(conditions, { keys: step, hold }, context) };
  });
  const common = {
    kind: 'rollout' as const,
    ...base(authored, context, titleOf(step)),
    environment: step.rollout,
    stages,
    timeout: ms(step.timeout),
    attempts: step.attempts,
  };
  const { strategy } = step;
  switch (strategy) {
    case 'rolling':
      return { ...common, strategy, bounds: rollingBounds(step) };
    case 'dark-launch':
      return { ...common, strategy, mirroring: mirroring(step) };
    case 'canary':
    case 'blue-green':
    case 'big-bang':
      return { ...common, strategy };
  }
}

function resolveFlagRollout(authored: AuthoredOf<'flag-rollout'>, context: StepContext): Step {
  const { step } = authored;
  const { flag, variant, cohort = flag } = step;
  return {
    kind: 'rollout',
    ...base(authored, context, `Ramp ${flag} in ${step.rollout}`),
    strategy: 'flag',
    environment: step.rollout,
    flag,
    variant,
    cohort,
    stages: flagStages(step, context.segments, context),
    timeout: ms(step.timeout),
    attempts: step.attempts,
  };
}

/** A dark launch rolls nothing out. */
function titleOf({ strategy, rollout }: AuthoredOf<'rollout'>['step']): string {
  return strategy === 'dark-launch' ? `Dark launch in ${rollout}` : `Roll out to ${rollout}`;
}

function resolveUntil({ step }: AuthoredOf<'wait'>): WaitUntil {
  if (step.for !== undefined) return { kind: 'elapsed', ms: ms(step.for) };
  return { kind: 't-offset', ms: parseTOffset(step.until ?? 'T-0') ?? Number.NaN };
}
