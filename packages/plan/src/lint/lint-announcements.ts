import type { LaunchMoment } from '../model/announcement.ts';
import { stepsOf, stepsOfKind } from '../parse/draft.ts';
import type { AuthoredOf, Draft, DraftStep } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { channelsOf } from '../resolve/channels-of.ts';
import { messageSpec } from '../resolve/message-spec.ts';
import { needsOf } from '../resolve/needs.ts';
import { NAME } from '../schema/words.ts';
import { listWords } from '../text/list-words.ts';
import { allNeeds } from './graph.ts';

type Announce = DraftStep & { readonly authored: AuthoredOf<'announce'> };

/** A message about an environment waits for that environment's new version, and says which environment it is about. */
export function lintAnnouncements(findings: Findings, draft: Draft): void {
  const before = allNeeds(needsOf(draft));
  const byId = new Map(stepsOf(draft).map((step) => [step.id, step]));
  for (const step of stepsOfKind(draft, 'announce')) {
    const earlier = [...(before.get(step.id ?? '') ?? [])].flatMap((id) => byId.get(id) ?? []);
    lintAbout(findings, draft, { step, earlier });
    lintSpeaksOf(findings, draft, step);
    lintTakenBack(findings, draft, step);
  }
  for (const [index, { on, ...message }] of (draft.announcements ?? []).entries())
    lintMoment(findings, draft, { path: ['announcements', index], on, ...messageSpec(message, draft) });
}

function lintAbout(
  findings: Findings,
  draft: Draft,
  { step, earlier }: { readonly step: Announce; readonly earlier: readonly DraftStep[] },
): void {
  const { about } = step.authored.step;
  if (about === undefined || !draft.environments.has(about)) return;
  // A step whose form is wrong may be the one that is missed.
  if (earlier.some(({ authored }) => authored === null || bringsTo(authored) === about)) return;
  const message = `this message is about "${about}", but no step in front of it deploys or rolls out there`;
  reportValue(findings, [...step.path, 'about'], { message, expected: `one that waits for the rollout of ${about}` });
}

function bringsTo(authored: NonNullable<DraftStep['authored']>): string | null {
  if (authored.kind === 'deploy') return authored.step.deploy;
  if (authored.kind === 'flag-rollout') return authored.step.rollout;
  // Nobody meets what is launched in the dark.
  return authored.kind === 'rollout' && authored.step.strategy !== 'dark-launch' ? authored.step.rollout : null;
}

/** "It is live in production" must not leave while production is unverified. */
function lintSpeaksOf(findings: Findings, draft: Draft, { path, authored }: Announce): void {
  const { announce, text: written, template, about, to } = authored.step;
  const { text } = messageSpec({ to, title: announce, text: written, template }, draft);
  for (const name of productionNames(draft)) {
    const key = speaksOf(announce, name) ? 'announce' : speaksOf(text, name) ? 'text' : null;
    if (key === null || name === about) continue;
    const expected = about === undefined ? `about: ${name}` : `about: ${name}, or a message of its own for ${name}`;
    reportValue(findings, [...path, key], { message: `this message speaks of ${name}`, expected });
  }
}

/** What was said of production is no longer true after a rollback: whoever was told is told so. */
function lintTakenBack(findings: Findings, draft: Draft, { path, authored }: Announce): void {
  const { about, to } = authored.step;
  if (about === undefined || draft.announcements === null || draft.environments.get(about)?.tier !== 'production')
    return;
  const after = draft.announcements.filter(({ on }) => on === 'rolled-back' || on === 'turning-back');
  const told = new Set(after.flatMap((announcement) => channelsOf(announcement.to, draft)));
  const missed = channelsOf(to, draft).filter((channel) => draft.channels.has(channel) && !told.has(channel));
  if (missed.length === 0) return;
  const message = `nobody tells ${listWords(missed, 'and')} when this is no longer true`;
  const expected = 'an announcement on rolled-back to the same channels';
  reportValue(findings, [...path, 'to'], { message, expected, severity: 'warning' });
}

/** Moments of the way there. */
const UNVERIFIED: readonly LaunchMoment[] = ['started', 'soaking', 'review-overdue', 'held', 'resumed', 'completed'];

interface AtMoment {
  readonly path: Path;
  readonly on: LaunchMoment;
  readonly title: string;
  readonly text: string;
}

/**
 * A moment comes whether production is verified or not: before it is (`started`, `held`), or though somebody skipped it
 * (`completed`). On the way back everything that is said of production is said of what was there before.
 */
function lintMoment(findings: Findings, draft: Draft, { path, on, title, text }: AtMoment): void {
  if (!UNVERIFIED.includes(on)) return;
  for (const name of productionNames(draft)) {
    const key = speaksOf(title, name) ? 'title' : speaksOf(text, name) ? 'text' : null;
    if (key === null) continue;
    const message = `this message speaks of ${name} and leaves whether that is verified or not`;
    const severity = on === 'completed' ? 'error' : 'warning';
    reportValue(findings, [...path, key], { message, expected: `an announce step with about: ${name}`, severity });
  }
}

function productionNames(draft: Draft): readonly string[] {
  return [...draft.environments].flatMap(([name, { tier }]) =>
    tier === 'production' && NAME.test(name) ? [name] : [],
  );
}

/** A name of the right form holds nothing that means something to a regular expression. */
function speaksOf(text: string, name: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${name}(?![\\p{L}\\p{N}_-])`, 'iu').test(text);
}
