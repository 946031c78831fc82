import { RuleFailure } from './expression.ts';

const NO_NUMBER = 'The rule calculates with something that is no number.';

/** Lets through what arithmetic may be done with: objects and NaN end the evaluation. */
export function operand(value: unknown): unknown {
  if (typeof value === 'number' ? Number.isNaN(value) : typeof value === 'object' && value !== null)
    throw new RuleFailure(NO_NUMBER);
  return value;
}

/** As a number, which may be NaN; objects end the evaluation. */
export function numeric(value: unknown): number {
  return typeof value === 'number' ? (operand(value) as number) : Number(operand(value));
}

/** As a number; whatever is none ends the evaluation. */
export function number(value: unknown): number {
  const result = numeric(value);
  if (Number.isNaN(result)) throw new RuleFailure(NO_NUMBER);
  return result;
}

/** What JSONLogic takes for the arguments: a single value is a list of one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
