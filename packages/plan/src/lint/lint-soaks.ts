import { MOST_SOAK_TICKS, soakTicks } from '../model/soak-care.ts';
import { type AuthoredOf, type Draft, stepsOfKind } from '../parse/draft.ts';
import { type Findings, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { formatDuration, parseDuration } from '../text/duration.ts';

type SoakKeys = AuthoredOf<'soak'>['step'];

/** Tiers follow each other to the end of the soak, and something is due in them. */
export function lintSoaks(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOfKind(draft, 'soak')) {
    lintUse(findings, path, authored.step);
    lintTiers(findings, [...path, 'tiers'], authored.step);
  }
}

function lintUse(findings: Findings, path: Path, { tiers, checks, review }: SoakKeys): void {
  const due = checks !== undefined || review !== undefined;
  if (tiers !== undefined && !due) {
    const expected = '"checks" or "review" beside them; metrics are watched without tiers';
    reportValue(findings, [...path, 'tiers'], { message: 'nothing is due in these tiers', expected });
  }
  if (tiers !== undefined || !due) return;
  const message = 'it is not said how often this is due';
  const expected = '"tiers", such as [{every: 30m, until: 6h}, {every: 2h, until: 48h}]';
  reportValue(findings, [...path, checks === undefined ? 'review' : 'checks'], { message, expected });
}

function lintTiers(findings: Findings, path: Path, { tiers = [], for: length }: SoakKeys): void {
  const times = tiers.map(({ every, until }) => ({
    every: parseDuration(every) ?? 0,
    until: parseDuration(until) ?? 0,
  }));
  const whole = parseDuration(length) ?? 0;
  let start = 0;
  for (const [index, { every, until }] of times.entries()) {
    const end = formatDuration(until);
    if (until <= start) {
      const message = `this tier ends at ${end}, and begins at ${formatDuration(start)}`;
      return reportValue(findings, [...path, index, 'until'], {
        message,
        expected: 'a later end than the tier before',
      });
    }
    if (every > until - start) {
      const message = `this tier is over after ${formatDuration(until - start)}, before the first look`;
      return reportValue(findings, [...path, index, 'every'], { message, expected: 'a shorter time' });
    }
    start = until;
  }
  if (times.length === 0) return;
  if (start !== whole) {
    const message = `the last tier ends at ${formatDuration(start)}, the soak after ${length}`;
    reportValue(findings, [...path, times.length - 1, 'until'], { message, expected: length });
  } else if (soakTicks(times) > MOST_SOAK_TICKS) {
    const message = `something is due ${soakTicks(times)} times in these tiers`;
    reportValue(findings, path, { message, expected: `at most ${MOST_SOAK_TICKS} times: longer times between them` });
  }
}
