import { stepsOfKind } from '../parse/draft.ts';
import type { Draft } from '../parse/draft.ts';
import { reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import { instantOf } from '../time/local-time.ts';

/** T-0 exists in its zone; a wait says how long, or until when. */
export function lintTimes(findings: Findings, draft: Draft): void {
  if (typeof draft.t0 === 'string' && draft.zone !== null) {
    const instant = instantOf(draft.t0, draft.zone);
    if (!instant.ok) reportValue(findings, ['t0'], { message: instant.reason, expected: 'a local time that exists' });
  }
  for (const { path, authored } of stepsOfKind(draft, 'wait')) {
    const { for: length, until } = authored.step;
    const expected = 'either "for: 10m" or "until: T-0"';
    if (length === undefined && until === undefined) {
      reportValue(findings, [...path, 'for'], { message: 'this wait never ends', expected });
    } else if (length !== undefined && until !== undefined) {
      reportKey(findings, [...path, 'until'], { message: 'this wait has two ends', expected });
    }
  }
}
