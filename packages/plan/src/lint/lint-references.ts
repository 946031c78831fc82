import { stepsOf } from '../parse/draft.ts';
import type { Draft, DraftStep } from '../parse/draft.ts';
import { isFull, reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { asMap } from '../parse/draft.ts';
import { valueAt } from '../parse/source.ts';
import { listWords } from '../text/list-words.ts';
import { unknownName } from './unknown-name.ts';
import type { Declared } from './unknown-name.ts';

/** Environments, roles and channels that steps and messages name are declared; roles have enough people. */
export function lintReferences(findings: Findings, draft: Draft): void {
  const names = declared(findings, draft);
  for (const step of stepsOf(draft)) lintStep(findings, step, names);
  for (const [index, { to }] of (draft.announcements ?? []).entries()) {
    lintChannels(findings, ['announcements', index, 'to'], { to, names });
  }
  for (const [name, channels] of Object.entries(draft.audiences ?? {}))
    lintAudience(findings, { name, channels }, names);
  const { page } = draft;
  if (page !== null && page !== undefined) {
    lintChannels(findings, ['page', 'to'], { to: page.to, names });
    lintChannels(findings, ['page', 'escalation'], { to: page.escalation ?? [], names });
  }
  lintReach(findings, draft, names);
  lintPeople(findings, draft);
}

function lintReach(findings: Findings, { reach }: Draft, names: Names): void {
  for (const [role, to] of Object.entries(reach ?? {})) {
    if (!names.roles.names.includes(role))
      reportKey(findings, ['reach', role], { message: unknownName(role, names.roles) });
    lintChannels(findings, ['reach', role], { to, names });
  }
}

interface Names {
  readonly environments: Declared;
  readonly roles: Declared;
  readonly channels: Declared;
  readonly audiences: readonly string[];
  readonly people: Readonly<Record<string, readonly string[]>> | null;
}

/** Names are taken as written: one that is declared with a flaw is not unknown. */
function declared(findings: Findings, draft: Draft): Names {
  const roles = Object.keys(asMap(valueAt(findings.source, ['people'])) ?? {});
  return {
    environments: { word: 'environment', section: 'environments', names: [...draft.environments.keys()] },
    roles: { word: 'role', section: 'people', names: roles },
    channels: { word: 'channel', section: 'channels', names: [...draft.channels.keys()] },
    audiences: Object.keys(draft.audiences ?? {}),
    people: draft.people,
  };
}

function lintStep(findings: Findings, { path, authored }: DraftStep, names: Names): void {
  if (authored === null) return;
  const namedAt = (at: Path, name: string | undefined, among: Declared): void => {
    if (name === undefined || among.names.includes(name)) return;
    reportValue(findings, at, { message: unknownName(name, among) });
  };
  const named = (key: string, name: string | undefined, among: Declared): void => namedAt([...path, key], name, among);
  switch (authored.kind) {
    case 'run':
      return named('environment', authored.step.environment, names.environments);
    case 'deploy':
      return named('deploy', authored.step.deploy, names.environments);
    case 'soak':
      named('soak', authored.step.soak, names.environments);
      return namedAt([...path, 'review', 'by'], authored.step.review?.by, names.roles);
    case 'rollout':
    case 'flag-rollout':
      return named('rollout', authored.step.rollout, names.environments);
    case 'announce':
      named('about', authored.step.about, names.environments);
      return lintChannels(findings, [...path, 'to'], { to: authored.step.to, names });
    case 'task':
      return named('owner', authored.step.owner, names.roles);
    case 'signoff':
      return lintQuorum(findings, [...path, 'by'], { by: authored.step.by, names });
    case 'check':
    case 'wait':
      return;
  }
}

function lintChannels(
  findings: Findings,
  path: Path,
  { to, names }: { readonly to: readonly string[]; readonly names: Names },
): void {
  for (const [index, channel] of to.entries()) {
    if (isFull(findings)) return;
    if (to.indexOf(channel) !== index) reportValue(findings, [...path, index], { message: twice(channel) });
    if (names.channels.names.includes(channel) || names.audiences.includes(channel)) continue;
    reportValue(findings, [...path, index], { message: unknownName(channel, names.channels) });
  }
}

/** A name is a channel's or an audience's; an audience has channels, and no audiences. */
function lintAudience(
  findings: Findings,
  { name, channels }: { readonly name: string; readonly channels: readonly string[] },
  names: Names,
): void {
  const path = ['audiences', name];
  if (names.channels.names.includes(name)) {
    const message = `"${name}" is the name of a channel as well`;
    reportKey(findings, path, { message, expected: 'a name of its own' });
  }
  lintChannels(findings, path, { to: channels, names: { ...names, audiences: [] } });
}

const twice = (name: string): string => `"${name}" is listed twice`;

function lintQuorum(
  findings: Findings,
  path: Path,
  { by, names }: { readonly by: Readonly<Record<string, number>>; readonly names: Names },
): void {
  for (const [role, count] of Object.entries(by)) {
    if (isFull(findings)) return;
    if (!names.roles.names.includes(role)) {
      reportKey(findings, [...path, role], { message: unknownName(role, names.roles) });
      continue;
    }
    const people = names.people?.[role];
    if (people === undefined || count <= people.length) continue;
    const held = `${people.length} ${people.length === 1 ? 'person holds' : 'people hold'} the role "${role}"`;
    const message = `it takes ${count} GOs, but only ${held}: ${listWords(people, 'and')}`;
    reportValue(findings, [...path, role], { message, expected: `at most ${people.length}` });
  }
}

/** A person who is listed twice would look like two votes. */
function lintPeople(findings: Findings, draft: Draft): void {
  for (const [role, people] of Object.entries(draft.people ?? {})) {
    for (const [index, person] of people.entries()) {
      if (people.indexOf(person) === index) continue;
      reportValue(findings, ['people', role, index], { message: twice(person) });
    }
  }
}
