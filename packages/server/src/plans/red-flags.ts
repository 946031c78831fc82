import type { Language, RedFlag as WireFlag, RolloutPower } from '@slipway/contract';
import { type BlindRollout, findRedFlags, type ParseResult, type RedFlag } from '@slipway/plan';

/** Where each code is explained. */
const PAGE = 'docs/explanation/red-flags.md';

type Parsed = Extract<ParseResult, { ok: true }>;
type Powers = ReadonlyMap<string, RolloutPower>;

interface Reading {
  /** Epoch ms. */
  readonly now: number;
  readonly reader: Language;
}

/** The red flags of a plan in the reader's language. */
export function redFlagsOf(parsed: Parsed, powers: Powers, { now, reader }: Reading): readonly WireFlag[] {
  const blind = blindRollouts(parsed, powers);
  return findRedFlags({ ...parsed, blind, now }).map((flag) => wireFlag(flag, reader));
}

function wireFlag(
  { code, severity, title, said, explanation, ignored, ...place }: RedFlag,
  reader: Language,
): WireFlag {
  const passed = ignored === null ? null : { because: ignored.because, until: ignored.until };
  const words = { title: title[reader], said: said[reader], explanation: explanation[reader] };
  return { code, severity, ...words, link: `${PAGE}#${code}`, ...place, ignored: passed };
}

/** Rollouts into production that do not find what they look for, even by the end of the last share that is compared. */
function blindRollouts({ plan }: Parsed, powers: Powers): readonly BlindRollout[] {
  return [...powers].flatMap(([id, power]) => {
    const step = plan.steps[id];
    if (step?.kind !== 'rollout' || plan.environments[step.environment]?.tier !== 'production') return [];
    const index = lastWatched(power);
    const weakest = power.weakest[index] ?? null;
    if (weakest === null) return [];
    return [{ step: id, metrics: [weakest], chance: chanceOf(power, weakest, index) }];
  });
}

/** -1: nothing is compared in any share. */
function lastWatched({ metrics }: RolloutPower): number {
  const shares = metrics.flatMap((metric) => {
    return metric.kind === 'unknown' ? [] : [metric.shares.findLastIndex(({ kind }) => kind !== 'alone')];
  });
  return Math.max(-1, ...shares);
}

function chanceOf({ metrics }: RolloutPower, name: string, index: number): number {
  const metric = metrics.find((each) => each.metric === name);
  const share = metric === undefined || metric.kind === 'unknown' ? undefined : metric.shares[index];
  return share === undefined || share.kind === 'alone' ? 0 : share.chance.after;
}
