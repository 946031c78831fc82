/** Chance that a standard normal value is at most z. */
export function normalBelow(z: number): number {
  const tail = z * z > FARTHEST ? 0 : scaledTail(Math.abs(z)) * Math.exp((-z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/** Square beyond which a tail is nothing in a plain number. */
const FARTHEST = 1_400;
/** From here on the continued fraction is the better one. */
const FAR = 3;
/** Of either, so many that what is left out is below the last digit. */
const TERMS = 80;

/**
 * Chance that a standard normal value is above y, times e^(y*y/2), for y of 0 or more: it stays a plain number where the chance itself
 * is too small for one. Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14.
 */
export function scaledTail(y: number): number {
  return y < FAR ? Math.exp((y * y) / 2) / 2 - series(y) / ROOT : fraction(y) / ROOT;
}

const ROOT = Math.sqrt(2 * Math.PI);

function series(y: number): number {
  let [sum, term] = [y, y];
  for (let odd = 3; odd < 2 * TERMS; odd += 2) {
    term *= (y * y) / odd;
    sum += term;
  }
  return sum;
}

function fraction(y: number): number {
  let below = y;
  for (let k = TERMS; k > 0; k -= 1) below = y + k / below;
  return 1 / below;
}
