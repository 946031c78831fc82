import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant, or null: at most a third of its letters differ but not all, or two have changed places. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  const wanted = name.slice(0, 100).toLowerCase();
  for (const candidate of known) {
    const most = Math.max(1, Math.floor(candidate.length / 3));
    // The lengths alone rule out most of thousands of names, and every one that is absurdly long.
    if (Math.abs(candidate.length - wanted.length) > most) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    const close = (edits <= most && edits < candidate.length) || (edits === 2 && sameLetters(wanted, candidate));
    if (close && edits < least) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

const sameLetters = (a: string, b: string): boolean =>
  a.split('').toSorted().join('') === b.split('').toSorted().join('');

/** `, did you mean "x"?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const match = nearest(name, known);
  return match === null ? '' : `, did you mean "${match}"?`;
}
