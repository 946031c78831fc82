import { stepsOf } from '../parse/draft.ts';
import type { Draft } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';

const POLICIES = ['on-fail', 'on-insufficient-data', 'on-telemetry-broken'] as const;

/** A step that pages needs somebody to page. */
export function lintPages(findings: Findings, draft: Draft): void {
  // null: its form is wrong, and that is reported.
  if (draft.page !== undefined) {
    lintEscalation(findings, draft.page);
    return;
  }
  for (const { path, authored } of stepsOf(draft)) {
    const keys: Readonly<Record<string, unknown>> = authored?.step ?? {};
    for (const policy of POLICIES.filter((key) => keys[key] === 'page')) {
      const message = `the plan does not say whom "page" tells`;
      reportValue(findings, [...path, policy], {
        message,
        expected: 'page: { to: [a channel] } at the top of the plan',
        code: 'SLW012',
      });
    }
  }
}

/** Without a goal nobody could be late. */
function lintEscalation(findings: Findings, page: Draft['page']): void {
  if (page?.escalation === undefined || Object.values(page.answer ?? {}).length > 0) return;
  const message = 'nothing says when the next ones are told';
  const expected = 'answer: { p1: 5m, p2: 15m, p3: 1h } beside "escalation"';
  reportValue(findings, ['page', 'escalation'], { message, expected });
}
