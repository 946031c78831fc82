import { distance } from 'fastest-levenshtein';

/** `; did you mean "x"?` where a known name is close to this one, else nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const match = nearest(name, known);
  return match === null ? '' : `; did you mean ${quote(match)}?`;
}

/** Thousands of long names that are alike would take minutes. */
const MAX_MEASURED = 200;

/** The known name that was probably meant: at most a third of its letters differ. Of many that are alike only the first are looked at. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  const wanted = name.slice(0, 100).toLowerCase();
  let measured = 0;
  for (const candidate of known) {
    const most = Math.max(1, Math.floor(candidate.length / 3));
    // The lengths alone rule out most of thousands of names.
    if (Math.abs(candidate.length - wanted.length) > most || candidate.length > 100) continue;
    if (measured >= MAX_MEASURED) break;
    measured += 1;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits > most || edits >= candidate.length || edits > least) continue;
    // Of those equally near the one that goes on as it began: "of" is "off", not "on".
    if (edits === least && !candidate.toLowerCase().startsWith(wanted)) continue;
    best = candidate;
    least = edits;
  }
  return best;
}

const MAX_SAID = 80;

/** A name from outside as a message may say it: in quotes, and not at any length. */
export function quote(name: string): string {
  return JSON.stringify(name.length > MAX_SAID ? `${name.slice(0, MAX_SAID)}…` : name);
}
