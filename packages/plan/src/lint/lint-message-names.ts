import { MESSAGE_TEMPLATES } from '../messages/message-templates.ts';
import { stepsOfKind } from '../parse/draft.ts';
import type { Draft } from '../parse/draft.ts';
import { reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { type AuthoredMessage, namedMessage } from '../resolve/message-spec.ts';
import { LASTING } from '../schema/message.ts';
import { listWords } from '../text/list-words.ts';
import { unknownName } from './unknown-name.ts';

interface Place {
  readonly path: Path;
  readonly written: Omit<AuthoredMessage, 'to'>;
  /** What it takes without a template. */
  readonly wanted: readonly ('title' | 'text')[];
}

/** A message is written where it is sent, or named there: never both, never neither. */
export function lintMessageNames(findings: Findings, draft: Draft): void {
  const places: Place[] = [];
  for (const { path, authored } of stepsOfKind(draft, 'announce'))
    places.push({ path, written: { text: authored.step.text, template: authored.step.template }, wanted: ['text'] });
  for (const [index, written] of (draft.announcements ?? []).entries())
    places.push({ path: ['announcements', index], written, wanted: ['title', 'text'] });
  for (const place of places) {
    if (place.written.template === undefined) lintWritten(findings, place);
    else lintNamed(findings, draft, { ...place, name: place.written.template });
  }
  lintAgain(findings, draft);
}

/** A moment that is over at once has no again. */
function lintAgain(findings: Findings, draft: Draft): void {
  for (const [index, { on, again }] of (draft.announcements ?? []).entries()) {
    if (again === undefined || LASTING.includes(on)) continue;
    const message = `the moment "${on}" does not last, so nothing of it is told again`;
    const expected = `a moment that lasts: ${listWords(LASTING, 'or')}`;
    reportKey(findings, ['announcements', index, 'again'], { message, expected });
  }
}

function lintWritten(findings: Findings, { path, written, wanted }: Place): void {
  for (const key of wanted.filter((each) => written[each] === undefined)) {
    const expected = `${key}, or template with the name of a message`;
    reportValue(findings, path, { message: `this message has no ${key}`, expected });
  }
}

function lintNamed(
  findings: Findings,
  draft: Draft,
  { path, written, wanted, name }: Place & { readonly name: string },
): void {
  for (const key of wanted.filter((each) => written[each] !== undefined)) {
    const message = `this message has a template and a ${key}`;
    reportKey(findings, [...path, key], { message, expected: 'one of them' });
  }
  // A map whose form is wrong may have the name.
  const { messages } = draft;
  if (messages === null || namedMessage(name, draft) !== null) return;
  const names = [...Object.keys(messages?.templates ?? {}), ...Object.keys(MESSAGE_TEMPLATES)];
  const declared = { word: 'message', section: 'messages', names };
  reportValue(findings, [...path, 'template'], { message: unknownName(name, declared) });
}
