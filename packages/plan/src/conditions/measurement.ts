/** A measured number inside a condition. Its own type, so that no arithmetic on it can end in NaN or infinity unseen. */
export class Measurement {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** Throws RangeError where the number is not finite: a condition over it is undecided, never true. */
export function measured(value: number): Measurement {
  if (!Number.isFinite(value)) throw new RangeError('the arithmetic has no finite result (a division by zero?)');
  return new Measurement(value);
}

/** The number of an operand: a measurement, a CEL double or a CEL int. Throws RangeError where it is not finite. */
export function numberOf(operand: unknown): number {
  const value = operand instanceof Measurement ? operand.value : Number(operand);
  if (!Number.isFinite(value)) throw new RangeError('a number in it is not finite');
  return value;
}
