import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant, or null: at most a third of its letters differ. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  const wanted = name.slice(0, 100).toLowerCase();
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < least && edits <= Math.max(1, Math.floor(candidate.length / 3))) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** `, did you mean "x"?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const match = nearest(name, known);
  return match === null ? '' : `, did you mean "${match}"?`;
}
