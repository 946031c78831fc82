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
    lintPull(findings, draft, { path: at, trigger });
    if (trigger.do === 'page' && draft.page === undefined) {
      const message = 'there is nobody to page: the plan has no "page"';
      reportValue(findings, [...at, 'do'], { message, expected: 'page: { to: [on-call] } at the top of the plan' });
    }
    if (typeof trigger.do === 'string' || !('ticket' in trigger.do) || channels.includes(trigger.do.ticket)) continue;
    const message = unknownName(trigger.do.ticket, { word: 'channel', section: 'channels', names: channels });
    reportValue(findings, [...at, 'do', 'ticket'], { message });
  }
}

interface Pulled {
  readonly path: Path;
  readonly trigger: AuthoredTriggers[number];
}

/** A condition or an alert pulls it, never both. */
function lintPull(findings: Findings, draft: Draft, { path, trigger }: Pulled): void {
  const { when, hook } = trigger;
  if ((when === undefined) === (hook === undefined)) {
    const message = when === undefined ? 'nothing pulls this trigger' : 'a condition and an alert pull this trigger';
    reportValue(findings, path, { message, expected: 'either "when" or "hook"; two triggers where both are wanted' });
  }
  if (hook !== undefined && trigger.for !== '0s') {
    const message = 'an alert says itself how long it waited';
    reportValue(findings, [...path, 'for'], { message, expected: 'no "for" beside "hook"' });
  }
  if (when === undefined) return;
  const compiled = compileCondition(when, new Set(draft.metrics.keys()));
  if (compiled.ok) return;
  const said = { message: `this condition cannot be used: ${compiled.reason}` };
  reportInside(findings, [...path, 'when'], { spot: spotAt(when, compiled.offset), said });
}
