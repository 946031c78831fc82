import type { ProviderUse } from '../model/provider-use.ts';
import { asMap, type AuthoredOf, type Draft, stepsOf } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { unitOf } from '../resolve/unit-of.ts';
import { parseDuration } from '../text/duration.ts';

type Judge = Exclude<NonNullable<AuthoredOf<'rollout'>['step']['judge']>, readonly string[]>;

/** What is compared instance with instance is a share, has no setting for requests, and comes from where instances are told apart. */
export function lintComparedInstances(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOf(draft)) {
    if (authored?.kind !== 'soak' && authored?.kind !== 'rollout') continue;
    const { judge } = authored.step;
    if (judge === undefined || Array.isArray(judge)) continue;
    const place = authored.kind === 'soak' ? authored.step.soak : authored.step.rollout;
    const strategy = authored.kind === 'rollout' ? authored.step.strategy : null;
    for (const [name, rules] of Object.entries(judge)) {
      const source = draft.metrics.get(name);
      if (rules.compare !== 'instances' || source === undefined || source === null) continue;
      lintMetric(findings, [...path, 'judge', name], { draft, rules, source, place, name, strategy });
      lintNumber(findings, [...path, 'judge', name, 'compare'], { draft, place });
    }
  }
}

interface Compared {
  readonly draft: Draft;
  readonly rules: Judge[string];
  readonly source: ProviderUse;
  readonly place: string;
  readonly name: string;
  /** null: a soak. */
  readonly strategy: string | null;
}

function lintMetric(findings: Findings, path: Path, compared: Compared): void {
  const { rules, source } = compared;
  const why = unfit(compared);
  if (why !== null) reportValue(findings, [...path, 'compare'], { message: why, expected: '"compare: requests"' });
  const idle = [
    ...(rules.dispersion > 1 ? ['dispersion'] : []),
    ...((parseDuration(rules.skew) ?? 0) > 0 && unitOf(source) === 'ratio' ? ['skew'] : []),
  ];
  if (rules.limit !== undefined) {
    const message = `a "limit" counts requests, and "compare" is instances`;
    reportKey(findings, [...path, 'limit'], {
      message,
      expected: 'a metric of its own, compared by requests, for the limit',
    });
  }
  for (const key of idle)
    reportKey(findings, [...path, key], { message: `"${key}" is for requests, and "compare" is instances` });
}

/** Of each version; with fewer the judge holds, since nothing could be found. */
const LEAST = 7;

/** Targets that can run a part of a version say in their settings how many instances are a whole one. */
function lintNumber(findings: Findings, path: Path, { draft, place }: Pick<Compared, 'draft' | 'place'>): void {
  const target = draft.environments.get(place)?.target ?? null;
  if (target === null || draft.language.catalogue.targets[target.provider]?.scaling === undefined) return;
  const { instances = 1 } = asMap(target.config) ?? {};
  if (typeof instances !== 'number' || instances >= LEAST) return;
  const message = `${instances} instances of each version in "${place}" are too few for anything to be found by comparing them`;
  reportValue(findings, path, { message, expected: `at least ${LEAST} "instances", or "compare: requests"` });
}

/** null: it can be compared so. */
function unfit({ draft, rules, source, place, name, strategy }: Compared): string | null {
  const unit = unitOf(source);
  if (unit === 'milliseconds') return 'latencies are not compared instance with instance';
  // A gauge is reported where it is judged.
  if (unit !== 'ratio') return null;
  if (strategy === 'dark-launch') return 'what copies of requests show is not told apart by instance';
  if (strategy === 'rolling') return 'a rolling rollout begins with too few instances for anything to be found';
  if (rules.better === 'higher') return 'what is better when it is higher is compared by requests';
  if (draft.language.catalogue.metricSources[source.provider]?.shards?.kind !== 'live')
    return `the source "${source.provider}" of "${name}" does not tell instances apart as they stand`;
  if (source.provider !== 'router') return null;
  const { per = 'request', ratio } = asMap(source.config) ?? {};
  if (per === 'visitor') return `"${name}" is counted per visitor, and visitors have no instance`;
  if (ratio === 'mirror-differences') return 'a difference is one between two versions, and has no instance';
  const router = draft.environments.get(place)?.router ?? null;
  if (router === null || draft.language.catalogue.routers[router.provider]?.tellsInstances === true) return null;
  return `the router "${router.provider}" of "${place}" does not tell instances apart`;
}
