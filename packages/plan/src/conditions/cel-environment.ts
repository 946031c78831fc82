import { Environment } from '@marcbachmann/cel-js';
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

/** CEL that knows each metric as an object with the fields `new` and `old`, measurements that compare with any number. */
export function celEnvironment(metrics: Iterable<string>): Environment {
  const environment = new Environment({
    limits: { maxAstNodes: CONDITION_LIMITS.nodes, maxDepth: CONDITION_LIMITS.depth },
  }).registerType('Measurement', { ctor: Measurement, fields: {} });
  for (const [left, right] of PAIRS) registerPair(environment, left, right);
  environment.registerOperator('-Measurement: Measurement', (value: unknown) => measured(-numberOf(value)));
  for (const name of metrics) {
    environment.registerVariable({ name, schema: { new: 'Measurement', old: 'Measurement' } });
  }
  return environment;
}

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
