import { asMap, stepsOfKind } from '../parse/draft.ts';
import type { AuthoredOf, Draft } from '../parse/draft.ts';
import { isFull, reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { valueAt } from '../parse/source.ts';
import { own } from '../text/own.ts';
import { canFill } from './can-fill.ts';
import { unknownName } from './unknown-name.ts';

type Signoff = AuthoredOf<'signoff'>['step'];
type People = Readonly<Record<string, readonly string[]>>;

/** Who started the launch; in a list of those without a vote it is no role. */
export const AUTHOR = 'author';

/** Delegates stand in for roles that are there; a sign-off can reach its quorum with those who have a vote. */
export function lintSignoffs(findings: Findings, draft: Draft): void {
  const roles = Object.keys(asMap(valueAt(findings.source, ['people'])) ?? {});
  lintDelegates(findings, draft, roles);
  for (const { path, authored } of stepsOfKind(draft, 'signoff')) {
    lintNot(findings, path, { step: authored.step, roles });
    lintRemind(findings, path, { step: authored.step, draft });
    if (draft.people !== null) lintSeats(findings, path, { step: authored.step, draft, people: draft.people });
  }
}

function lintDelegates(findings: Findings, { delegates, people }: Draft, roles: readonly string[]): void {
  for (const [role, named] of Object.entries(delegates ?? {})) {
    if (isFull(findings)) return;
    if (!roles.includes(role)) {
      const message = unknownName(role, { word: 'role', section: 'people', names: roles });
      reportKey(findings, ['delegates', role], { message });
    }
    for (const [index, person] of named.entries()) {
      const path = ['delegates', role, index];
      if (named.indexOf(person) !== index) reportValue(findings, path, { message: `"${person}" is listed twice` });
      if (own(people ?? {}, role)?.includes(person) === true)
        reportValue(findings, path, { message: `${person} holds the role "${role}" and needs nobody's leave to vote` });
    }
  }
}

interface Place {
  readonly step: Signoff;
  readonly roles: readonly string[];
}

function lintNot(findings: Findings, path: Path, { step, roles }: Place): void {
  for (const [index, word] of (step.not ?? []).entries()) {
    if (isFull(findings)) return;
    const at = [...path, 'not', index];
    if (word === AUTHOR && roles.includes(AUTHOR)) {
      const message = '"author" is who started the launch, and here a role as well';
      reportValue(findings, at, { message, expected: 'a role of another name' });
    } else if (word !== AUTHOR && !roles.includes(word)) {
      const names = [...roles, AUTHOR];
      reportValue(findings, at, { message: unknownName(word, { word: 'role', section: 'people', names }) });
    }
  }
}

/** A reminder that reaches nobody looks like one that was given. */
function lintRemind(
  findings: Findings,
  path: Path,
  { step, draft }: { readonly step: Signoff; readonly draft: Draft },
): void {
  // null: its form is wrong, and that is reported.
  if (step.remind === undefined || draft.reach === null) return;
  const reach = draft.reach ?? {};
  const lost = Object.keys(step.by).find((role) => own(reach, role) === undefined);
  if (lost === undefined) return;
  const message = `"remind" reaches nobody of the role "${lost}": the plan does not say in which channel`;
  reportValue(findings, [...path, 'remind'], {
    message,
    expected: `reach: { ${lost}: [a channel] } at the top of the plan`,
  });
}

interface Seating {
  readonly step: Signoff;
  readonly draft: Draft;
  readonly people: People;
}

/** Whether a role alone has enough people is told elsewhere: here, whether those are enough whom it shares with others or shuts out. */
function lintSeats(findings: Findings, path: Path, { step, draft, people }: Seating): void {
  const roles = Object.keys(step.by);
  const isShort = roles.some((role) => (own(people, role)?.length ?? 0) < (step.by[role] ?? 0));
  if (isShort) return;
  const shutOut = new Set((step.not ?? []).flatMap((word) => own(people, word) ?? []));
  const able = (role: string): readonly string[] =>
    [...(own(people, role) ?? []), ...(own(draft.delegates ?? {}, role) ?? [])].filter((each) => !shutOut.has(each));
  const voters = Object.fromEntries(roles.map((role) => [role, able(role)]));
  const isShared = step.distinct && roles.length > 1;
  const enough = isShared
    ? canFill(step.by, voters)
    : roles.every((role) => (step.by[role] ?? 0) <= (voters[role]?.length ?? 0));
  if (enough) return;
  const message = isShared
    ? 'these GOs can never all be given: one person counts for one role, and too few people hold these'
    : 'these GOs can never all be given: "not" shuts out too many of those who hold the roles';
  const expected = isShared ? 'more people in its roles, or "distinct: false"' : 'more people in its roles';
  reportValue(findings, [...path, 'by'], { message, expected });
}
