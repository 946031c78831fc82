import { type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { utcTime } from '../iso-time.ts';
import { lengthText } from '../report/length-text.ts';
import { missing, type Say, sayIn } from '../report/report-input.ts';
import type { DoraInput } from './dora.ts';
import { notReadSection } from './dora-document.ts';
import { isHotfix, releaseBefore, type Release } from './release.ts';

/** A hotfix with the release that it mends. */
export interface Hotfix {
  readonly hotfix: Release;
  /** null: the log does not tell which. */
  readonly mends: Release | null;
  /** Milliseconds from the first bad answer of what it mends until it was verified in production; null: not known. */
  readonly tookMs: number | null;
}

/** Every launch that its plan calls a hotfix, newest first. */
export function hotfixes(releases: readonly Release[]): readonly Hotfix[] {
  return releases
    .filter(isHotfix)
    .toSorted((one, other) => other.startedAt - one.startedAt)
    .map((hotfix) => {
      const mends = releaseBefore(hotfix, releases);
      const from = mends?.firstBadAt ?? null;
      const to = hotfix.result === 'completed' ? hotfix.inProductionAt : null;
      return { hotfix, mends, tookMs: from === null || to === null || to < from ? null : to - from };
    });
}

/** Releases that were taken back from production and after which no launch brought a version of the same artifact there. */
export function unmended(releases: readonly Release[]): readonly Release[] {
  return releases.filter(
    (failed) =>
      failed.deploys &&
      (failed.result === 'rolled-back' || failed.result === 'rollback-incomplete') &&
      !releases.some(
        (later) =>
          later.artifact === failed.artifact &&
          later.startedAt > failed.startedAt &&
          later.result === 'completed' &&
          later.inProductionAt !== null,
      ),
  );
}

/** The tracker of hotfixes over several launches. Epoch ms `since`: those that began then or later. */
export function hotfixDocument(
  { releases, since, notRead }: Pick<DoraInput, 'releases' | 'since' | 'notRead'>,
  language: 'en' | 'fr',
): RecordDocument {
  const say = sayIn(language);
  const found = hotfixes(releases).filter(({ hotfix }) => hotfix.startedAt >= since);
  const open = unmended(releases).filter(({ startedAt }) => startedAt >= since);
  const urgencies = [...new Set(found.map(({ hotfix }) => hotfix.urgency ?? ''))].toSorted();
  const done = found.filter(({ hotfix }) => hotfix.result === 'completed').length;
  return {
    kind: 'hotfixes',
    language,
    level: 1,
    title: say('Hotfix tracker', 'Suivi des hotfixes'),
    result: null,
    figures: { hotfixes: found.length, done, waiting: open.length, notRead },
    sections: [
      ...notReadSection(notRead, say),
      ...(found.length === 0 ? [none(say)] : []),
      ...urgencies.map((urgency) => urgencySection(urgency, found, language)),
      openSection(open, say),
    ],
  };
}

function none(say: Say): Section {
  const words = say('No launch is called a hotfix by its plan.', "Aucun plan n'appelle son lancement un hotfix.");
  return { heading: 'Hotfixes', blocks: [{ is: 'text', text: words }] };
}

function urgencySection(urgency: string, found: readonly Hotfix[], language: 'en' | 'fr'): Section {
  const say = sayIn(language);
  const rows = found
    .filter(({ hotfix }) => hotfix.urgency === urgency)
    .map(({ hotfix, mends, tookMs }) => [
      hotfix.launch,
      hotfix.title,
      hotfix.version,
      mends === null ? missing(say) : `${mends.launch} (${mends.version})`,
      stateText(hotfix, say),
      hotfix.startedBy,
      utcTime(hotfix.startedAt),
      hotfix.inProductionAt === null ? '–' : utcTime(hotfix.inProductionAt),
      tookMs === null ? missing(say) : lengthText(tookMs, language),
    ]);
  const head = say(
    'Launch|Issue|Version|Mends|State|Started by|Started|In production|Since the first bad answer',
    'Lancement|Sujet|Version|Corrige|État|Lancé par|Début|En production|Depuis la première mauvaise réponse',
  ).split('|');
  return tableOr(urgency, { head, rows }, '');
}

function stateText({ result }: Release, say: Say): string {
  switch (result) {
    case 'completed':
      return say('in production', 'en production');
    case 'scrubbed':
      return say('called off', 'annulé');
    case 'rolled-back':
      return say('taken back', 'repris');
    case 'rollback-incomplete':
      return say('way back incomplete', 'retour incomplet');
    case 'open':
      return say('under way', 'en cours');
  }
}

function openSection(open: readonly Release[], say: Say): Section {
  const rows = open.map((release) => [
    release.launch,
    release.version,
    stateText(release, say),
    utcTime(release.startedAt),
  ]);
  return tableOr(
    say('Taken back, and no version since', 'Repris, et aucune version depuis'),
    { head: say('Launch|Version|State|Started', 'Lancement|Version|État|Début').split('|'), rows },
    say('None.', 'Aucun.'),
  );
}
