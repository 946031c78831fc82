import { keyOfKind, stepsOf } from '../parse/draft.ts';
import type { Draft } from '../parse/draft.ts';
import { reportInside } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { valueAt } from '../parse/source.ts';
import { checkTemplate } from '../template/check-template.ts';
import { CONFIG_VARIABLES, MESSAGE_VARIABLES } from '../template/variables.ts';

/** Titles and messages are templates that parse and read only variables that exist. */
export function lintTemplates(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOf(draft)) {
    if (authored === null) continue;
    const key = keyOfKind(authored.kind);
    const title = (authored.step as Readonly<Record<string, unknown>>)[key];
    const allowed = authored.kind === 'announce' ? MESSAGE_VARIABLES : CONFIG_VARIABLES;
    if (typeof title === 'string') lintTemplate(findings, [...path, key], { written: title, allowed });
    if (authored.kind !== 'announce') continue;
    lintTemplate(findings, [...path, 'text'], { written: authored.step.text, allowed });
  }
  for (const [index, { title, text }] of (draft.announcements ?? []).entries()) {
    const path = ['announcements', index];
    lintTemplate(findings, [...path, 'title'], { written: title, allowed: MESSAGE_VARIABLES });
    lintTemplate(findings, [...path, 'text'], { written: text, allowed: MESSAGE_VARIABLES });
  }
}

function lintTemplate(
  findings: Findings,
  path: Path,
  { written, allowed }: { readonly written: string; readonly allowed: Readonly<Record<string, string>> },
): void {
  // Trimmed white space would shift every position.
  const whole = valueAt(findings.source, path);
  for (const { reason, spot } of checkTemplate(typeof whole === 'string' ? whole : written, allowed)) {
    reportInside(findings, path, { spot, said: { message: reason } });
  }
}
