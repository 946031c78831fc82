import type { Ending, Recorded } from '../model/event.ts';
import type { TurnBackCause } from '../model/cause.ts';
import type { Launch } from '../model/state.ts';
import { facts } from './facts.ts';
import { livedPlan } from '../scenario/lived-plan.ts';
import { countedSteps, onlyFlags, onlyTells, staysDark } from './counted-steps.ts';
import { heading, safe } from './markdown-text.ts';
import { mirrorSection } from './mirror-section.ts';
import {
  decisionsSection,
  evidenceSection,
  factsSection,
  messagesSection,
  type RecordInput,
  timelineSection,
  verdictsSection,
  wayBackSection,
} from './record-sections.ts';
import { RECORD_WORDS, type RecordWords } from './record-words.ts';
import { sectionMarkdown } from './document/document-markdown.ts';
import { stepsSection } from './report/deployment.ts';
import { answersSection } from './report/page-answers.ts';
import { scenarioSection } from './report/scenario-section.ts';
import { sayIn } from './report/report-input.ts';

/** The record of a launch as a document that a team keeps. Written from the events alone: the same log gives the same text. */
export function recordMarkdown(
  launch: Launch,
  events: readonly Recorded[],
  { language }: { readonly language: 'en' | 'fr' },
): string {
  const words = RECORD_WORDS[language];
  const input: RecordInput = { launch, events, words };
  const { artifact } = launch.plan;
  const lines = [
    `# ${safe(artifact.name)} ${safe(artifact.version)}: ${safe(launch.plan.title)}`,
    '',
    `**${resultOf(launch, words)}**`,
    ...whySection(launch, words),
    ...factsSection(input),
    ...scenario(input, language),
    ...sectionMarkdown(stepsSection({ launch, events, language }, sayIn(language)), 1),
    ...verdictsSection(input),
    ...mirrorSection(input),
    ...wayBackSection(input),
    ...answers(input, language),
    ...decisionsSection(input),
    ...evidenceSection(input),
    ...messagesSection(input),
    ...timelineSection(input),
    ...heading(words.verify),
    words.howToVerify,
  ];
  return `${lines.join('\n')}\n`;
}

function scenario({ launch }: RecordInput, language: 'en' | 'fr'): readonly string[] {
  const section = scenarioSection({ launch, language });
  return section === null ? [] : sectionMarkdown(section, 1);
}

function answers({ launch }: RecordInput, language: 'en' | 'fr'): readonly string[] {
  const section = answersSection({ launch, language }, sayIn(language));
  return section === null ? [] : sectionMarkdown(section, 1);
}

function resultOf(launch: Launch, words: RecordWords): string {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
    case 'held':
    case 'stopping':
    case 'undoing':
      return words.result.open;
    case 'incomplete':
      return words.result['rollback-incomplete'];
    case 'ended':
      return words.result[endingOf(launch, mode.as)];
  }
}

function endingOf(launch: Launch, as: Exclude<Ending, 'rollback-incomplete'>): keyof RecordWords['result'] {
  const plan = livedPlan(launch);
  if (as === 'completed' && countedSteps(plan).length === 0 && launch.scenario !== null) return 'unchanged';
  if (as === 'completed' && onlyTells(plan)) return 'told';
  if (as === 'completed') return onlyFlags(plan) ? 'flags' : staysDark(plan) ? 'dark' : as;
  return as === 'rolled-back' && onlyFlags(plan) ? 'flags-off' : as;
}

function whySection(launch: Launch, words: RecordWords): readonly string[] {
  const { cause } = facts(launch);
  if (cause === null || launch.mode.is === 'held') return [];
  const { mode } = launch;
  const known = 'cause' in mode && mode.cause !== null ? turnBackText(mode.cause, words) : cause;
  return [...heading(words.why), safe(known)];
}

function turnBackText(cause: TurnBackCause, { events }: RecordWords): string {
  return cause.kind === 'verdict' ? events.said(cause.verdict) : events.because(cause);
}
