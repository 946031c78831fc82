import { checkTemplates } from '../parse/check-use.ts';
import type { Draft } from '../parse/draft.ts';
import { reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import { keysOfPath } from '../text/json-path.ts';

/** The version stands in one place: in a header, or in one value of a JSON answer. */
export function lintIdentity(findings: Findings, draft: Draft): void {
  for (const [name, { identity }] of draft.environments) {
    if (identity === undefined) continue;
    const path = ['environments', name, 'identity'];
    const { json, header, is } = identity;
    if (json === undefined && header === undefined) {
      const message = '"identity" does not say where the version stands in an answer';
      reportValue(findings, path, { message, expected: 'one of "json" and "header"' });
    }
    if (json !== undefined && header !== undefined) {
      const message = 'the version stands in one place only: two could differ';
      reportKey(findings, [...path, 'header'], { message, expected: 'one of "json" and "header"' });
    }
    if (json !== undefined && keysOfPath(json) === null) {
      const message = `${JSON.stringify(json)} may select several values, and the version is one`;
      reportValue(findings, [...path, 'json'], { message, expected: 'a path of keys and indexes, such as $.version' });
    }
    if (is !== undefined) checkTemplates(findings, [...path, 'is'], is);
  }
}
