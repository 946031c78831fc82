import { keyOfKind, stepsOf } from '../parse/draft.ts';
import type { AuthoredOf, Draft } from '../parse/draft.ts';
import { reportInside } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { valueAt } from '../parse/source.ts';
import { checkTemplate } from '../template/check-template.ts';
import { CONFIG_VARIABLES, messageVariables } from '../template/variables.ts';

/** Titles and messages are templates that parse and read only variables that exist. */
export function lintTemplates(findings: Findings, draft: Draft): void {
  const ofMessages = messageVariables(draft.messages ?? undefined);
  for (const { path, authored } of stepsOf(draft)) {
    if (authored === null) continue;
    const key = keyOfKind(authored.kind);
    const title = (authored.step as Readonly<Record<string, unknown>>)[key];
    const allowed = authored.kind === 'announce' ? ofMessages : CONFIG_VARIABLES;
    lintTemplate(findings, [...path, key], { written: title, allowed });
    if (authored.kind === 'task') lintAsked(findings, path, authored.step.proof);
    if (authored.kind !== 'announce') continue;
    lintTemplate(findings, [...path, 'text'], { written: authored.step.text, allowed });
  }
  // Those of the team's file are looked at where they stand.
  const own = Object.entries(draft.messages?.templates ?? {}).filter(
    ([name]) => draft.teamTemplates?.has(name) !== true,
  );
  const messages = [
    ...(draft.announcements ?? []).map((message, index) => ({ path: ['announcements', index], message })),
    ...own.map(([name, message]) => ({ path: ['messages', 'templates', name], message })),
  ];
  for (const { path, message } of messages) {
    lintTemplate(findings, [...path, 'title'], { written: message.title, allowed: ofMessages });
    lintTemplate(findings, [...path, 'text'], { written: message.text, allowed: ofMessages });
  }
}

/** What the answer of an address must contain. */
function lintAsked(findings: Findings, path: Path, proof: AuthoredOf<'task'>['step']['proof']): void {
  if (typeof proof === 'string') return;
  const at = [...path, 'proof', 'url', 'contains'];
  lintTemplate(findings, at, { written: proof.url.contains, allowed: CONFIG_VARIABLES });
}

function lintTemplate(
  findings: Findings,
  path: Path,
  { written, allowed }: { readonly written: unknown; readonly allowed: Readonly<Record<string, string>> },
): void {
  if (typeof written !== 'string') return;
  // Trimmed white space would shift every position.
  const whole = valueAt(findings.source, path);
  for (const { reason, spot } of checkTemplate(typeof whole === 'string' ? whole : written, allowed)) {
    reportInside(findings, path, { spot, said: { message: reason } });
  }
}
