import { Environment } from '@marcbachmann/cel-js';
import { CEL_WORD } from '../schema/words.ts';
import { measured, Measurement, numberOf } from './measurement.ts';

type Compute = (left: number, right: number) => number;
type Compare = (left: number, right: number) => boolean;

const ARITHMETIC: Readonly<Record<string, Compute>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};
const COMPARISON: Readonly<Record<string, Compare>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** Operand types; `int` makes `errors.new < 1` mean what it says. */
const PAIRS = [
  ['Measurement', 'Measurement'],
  ['Measurement', 'double'],
  ['Measurement', 'int'],
  ['double', 'Measurement'],
  ['int', 'Measurement'],
] as const;

/** Length, size and depth of a condition: a plan cannot stall the judge. */
export const CONDITION_LIMITS = { length: 1_000, nodes: 200, depth: 32 } as const;

/**
 * CEL that knows each metric that the text names as an object with the fields `new` and `old`, measurements that compare with
 * any number. Only those: a declaration costs time, and a plan may have thousands of metrics and of conditions.
 */
export function celEnvironment(cel: string, metrics: ReadonlySet<string>): Environment {
  const environment = MEASUREMENTS.clone();
  const named = new Set(cel.match(IDENTIFIER));
  // The library throws on a name that it keeps for itself; the form of the metric's name is reported elsewhere.
  for (const name of named) {
    if (!metrics.has(name) || CEL_WORD.test(name)) continue;
    environment.registerVariable({ name, schema: { new: 'Measurement', old: 'Measurement' } });
  }
  return environment;
}

/** Types and operators alone, never changed: made anew for each condition they would be most of what a launch that soaks holds in memory. */
const MEASUREMENTS = measurements();

function measurements(): Environment {
  const environment = new Environment({
    limits: { maxAstNodes: CONDITION_LIMITS.nodes, maxDepth: CONDITION_LIMITS.depth },
  }).registerType('Measurement', { ctor: Measurement, fields: {} });
  for (const [left, right] of PAIRS) registerPair(environment, left, right);
  return environment.registerOperator('-Measurement: Measurement', (value: unknown) => measured(-numberOf(value)));
}

const IDENTIFIER = /[A-Za-z_]\w*/g;

function registerPair(environment: Environment, left: string, right: string): void {
  for (const [sign, compute] of Object.entries(ARITHMETIC)) {
    environment.registerOperator(`${left} ${sign} ${right}: Measurement`, (a: unknown, b: unknown) =>
      measured(compute(numberOf(a), numberOf(b))),
    );
  }
  for (const [sign, compare] of Object.entries(COMPARISON)) {
    environment.registerOperator(`${left} ${sign} ${right}: bool`, (a: unknown, b: unknown) =>
      compare(numberOf(a), numberOf(b)),
    );
  }
  // cel-js registers the mirror image of an equality by itself, and != from ==.
  if (left !== 'Measurement') return;
  environment.registerOperator(`${left} == ${right}: bool`, (a: unknown, b: unknown) => numberOf(a) === numberOf(b));
}
