import { compileCondition } from '../conditions/compile-condition.ts';
import { type Draft, isWatch, stepsOf } from '../parse/draft.ts';
import { type Findings, isFull, reportInside, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import type { AuthoredTriggers } from '../resolve/triggers.ts';
import { spotAt } from '../text/spot.ts';
import { unknownName } from './unknown-name.ts';

/** Triggers can be read, and whom they tell is there. */
export function lintTriggers(findings: Findings, draft: Draft): void {
  lintList(findings, draft, { path: ['triggers'], triggers: draft.triggers ?? [] });
  for (const { path, authored } of stepsOf(draft)) {
    if (!isWatch(authored)) continue;
    lintList(findings, draft, { path: [...path, 'triggers'], triggers: authored.step.triggers ?? [] });
  }
}

interface Listed {
  readonly path: Path;
  readonly triggers: AuthoredTriggers;
}

function lintList(findings: Findings, draft: Draft, { path, triggers }: Listed): void {
  const channels = [...draft.channels.keys()];
  for (const [index, trigger] of triggers.entries()) {
    if (isFull(findings)) return;
    const at = [...path, index];
    const compiled = compileCondition(trigger.when, new Set(draft.metrics.keys()));
    if (!compiled.ok) {
      const said = { message: `this condition cannot be used: ${compiled.reason}` };
      reportInside(findings, [...at, 'when'], { spot: spotAt(trigger.when, compiled.offset), said });
    }
    if (trigger.do === 'page' && draft.page === undefined) {
      const message = 'there is nobody to page: the plan has no "page"';
      reportValue(findings, [...at, 'do'], { message, expected: 'page: { to: [on-call] } at the top of the plan' });
    }
    if (typeof trigger.do === 'string' || !('ticket' in trigger.do) || channels.includes(trigger.do.ticket)) continue;
    const message = unknownName(trigger.do.ticket, { word: 'channel', section: 'channels', names: channels });
    reportValue(findings, [...at, 'do', 'ticket'], { message });
  }
}
