import { compileCondition, type Judging, type MetricValues, type Plan } from '@slipway/plan';

/** A condition of a step that tells nothing: no measurement makes it say the other thing. */
export interface IdleCondition {
  readonly step: string;
  readonly condition: string;
  /** `never-fails`: whatever is measured it holds, or cannot be decided. `never-holds`: the good path would never pass. */
  readonly is: 'never-fails' | 'never-holds';
}

/** Shares from none to all, latencies from nothing to a day, and in between. */
const VALUES = [0, 0.001, 0.02, 0.5, 0.98, 1, 50, 5_000, 86_400_000];
/** More measurements at once than that are not tried in every combination. */
const MOST_METRICS = 2;

/** Every condition is asked about good and bad measurements of its metrics; those that always answer the same are told. */
export function idleConditions(plan: Plan): readonly IdleCondition[] {
  const names = Object.keys(plan.metrics);
  return Object.values(plan.steps).flatMap((step) => {
    const texts = new Set(judgingsOf(plan, step.id).flatMap(({ conditions }) => conditions.map(({ cel }) => cel)));
    return [...texts].flatMap((condition): readonly IdleCondition[] => {
      const answers = answersOf(condition, names);
      if (answers.size === 2) return [];
      return [{ step: step.id, condition, is: answers.has(false) ? 'never-holds' : 'never-fails' }];
    });
  });
}

function judgingsOf(plan: Plan, id: string): readonly Judging[] {
  const step = plan.steps[id];
  if (step?.kind === 'soak') return [step.judging];
  return step?.kind === 'rollout' ? step.stages.map(({ judging }) => judging) : [];
}

function answersOf(cel: string, names: readonly string[]): ReadonlySet<boolean> {
  const compiled = compileCondition(cel, names);
  if (!compiled.ok) return new Set();
  const { condition } = compiled;
  const answers = new Set<boolean>();
  for (const values of measurements(condition.metrics)) {
    const answer = condition.evaluate(values);
    if (answer.ok) answers.add(answer.value);
    if (answers.size === 2) break;
  }
  return answers;
}

/** Each of a few metrics by itself; of many all of them the same. */
function* measurements(metrics: readonly string[]): Generator<Readonly<Record<string, MetricValues>>> {
  const pairs = VALUES.flatMap((one) => VALUES.map((other): MetricValues => ({ new: one, old: other })));
  const [first, second] = metrics;
  for (const pair of pairs) yield Object.fromEntries(metrics.map((metric) => [metric, pair]));
  if (first === undefined || second === undefined || metrics.length > MOST_METRICS) return;
  for (const one of pairs) for (const other of pairs) yield { [first]: one, [second]: other };
}
