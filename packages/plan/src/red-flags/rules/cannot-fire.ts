import { isAlwaysTrue } from '../../conditions/is-always-true.ts';
import type { MetricUnit } from '../../model/plan.ts';
import type { JudgedMetric, Judging } from '../../model/judging.ts';
import { isWatchStep, type Watch } from '../about-step.ts';
import type { Bilingual } from '../red-flag.ts';
import type { Found, Looking } from '../rule.ts';
import { shorten } from '../../parse/path.ts';

/** Different ones that are tried out: a plan may have thousands, and each takes its time. */
const MOST_CONDITIONS = 500;

/** A condition that no measurement makes false, and a comparison that allows everything. */
export function cannotFire({ plan, steps, pathOf }: Looking): readonly Found[] {
  const units = new Map(Object.values(plan.metrics).map(({ name, unit }) => [name, unit]));
  const known = new Map<string, boolean>();
  const isVain = (cel: string): boolean => {
    if (known.size >= MOST_CONDITIONS && !known.has(cel)) return false;
    const vain = known.get(cel) ?? isAlwaysTrue(cel, units);
    known.set(cel, vain);
    return vain;
  };
  return steps.filter(isWatchStep).flatMap((step) => {
    const judgings = judgingsOf(step);
    const conditions = new Set(judgings.flatMap(({ judging }) => judging.conditions.map(({ cel }) => cel)));
    return [
      ...[...conditions].filter(isVain).map((cel) => found(pathOf(step, ...whereIs(step, cel)), ofCondition(cel))),
      ...vainMetrics(judgings[0]?.judging).map((metric) =>
        found(pathOf(step, 'judge', metric.metric), ofMetric(metric)),
      ),
    ];
  });
}

function found(path: Found['path'], said: Bilingual): Found {
  return { code: 'SLW012', severity: 'error', path, said };
}

const ofCondition = (cel: string): Bilingual => ({
  en: `"${shorten(cel)}" is true of all that can be measured, short of a total failure: it never holds and never turns back`,
  fr: `« ${shorten(cel)} » est vrai de tout ce qui se mesure, sauf panne totale : rien ne sera jamais arrêté ni annulé`,
});

const ofMetric = ({ metric }: JudgedMetric): Bilingual => ({
  en: `the margin of ${metric} allows every answer to be bad`,
  fr: `la marge de ${metric} permet que toutes les réponses soient mauvaises`,
});

interface Where {
  readonly judging: Judging;
}

const judgingsOf = (step: Watch): readonly Where[] => (step.kind === 'soak' ? [step] : step.stages);

/** In the list of the step, or in that of the share that adds it. */
function whereIs(step: Watch, cel: string): readonly (string | number)[] {
  const judgings = judgingsOf(step);
  const having = judgings.map(({ judging }) => judging.conditions.findIndex((each) => each.cel === cel));
  const isOwn = having.every((index) => index >= 0) && new Set(having).size === 1;
  const common = commonTo(judgings);
  if (isOwn && (having[0] ?? 0) < common) return ['while', having[0] ?? 0];
  const stage = having.findIndex((index) => index >= 0);
  return ['steps', stage, 'while', (having[stage] ?? 0) - common];
}

/** How many conditions every share begins with: those of the whole step, as far as that can be told. */
function commonTo(judgings: readonly Where[]): number {
  const [first, ...rest] = judgings.map(({ judging }) => judging.conditions.map(({ cel }) => cel));
  if (first === undefined) return 0;
  const differs = first.findIndex((cel, index) => rest.some((cels) => cels[index] !== cel));
  return differs < 0 ? first.length : differs;
}

function vainMetrics(judging: Judging | undefined): readonly JudgedMetric[] {
  return (judging?.comparing?.metrics ?? []).filter(({ unit, better, plus, limit }) => {
    return unit === ('ratio' satisfies MetricUnit) && better === 'lower' && plus >= 1 && (limit === null || limit >= 1);
  });
}
