import type { NeverExercised, RehearsalReport, ReportedQuestion, ScenarioReport } from '@slipway/rehearsal';
import type { Messages } from '../messages/messages.ts';
import type { Pen } from '../render/pen.ts';
import { span } from '../terminal/numbers.ts';

type Words = Messages['rehearsal'];

const INDENT = '      ';

/** All scenarios of a rehearsal, then what none of them exercised. */
export function rehearsalLines(report: RehearsalReport, pen: Pen): readonly string[] {
  const words = pen.m.rehearsal;
  const good = report.scenarios.filter(({ isGood }) => isGood).length;
  return [
    ...report.scenarios.flatMap((scenario) => scenarioLines(scenario, pen)),
    '',
    ...neverLines(report.never, pen),
    '',
    pen.paint(
      report.ok ? 'green' : 'red',
      pen.clean(words.summary(report.launch, report.version, report.scenarios.length, good)),
    ),
  ];
}

/** One scenario: how it ended, how soon, who was told and asked what. */
export function scenarioLines(scenario: ScenarioReport, pen: Pen): readonly string[] {
  const words = pen.m.rehearsal;
  const { id, isGood, messages, asked, broken, leftDone, cause } = scenario;
  const mark = pen.paint(isGood ? 'green' : 'red', isGood ? 'ok  ' : 'BAD ');
  const details = [
    ...(cause === null ? [] : [words.cause(cause)]),
    ...messages.map(({ channel, title, isSent }) => (isSent ? words.message : words.lost)(channel, title)),
    ...asked.map((question) => words.asked(question.role ?? words.anybody, askedText(question, words))),
    ...leftDone.map(({ step, because }) => words.leftDone(step, because)),
    ...broken.map(({ invariant, why }) => words.broken(invariant, why)),
  ];
  return [
    ...pen.hang(mark, `${id}: ${endText(scenario, words)}`),
    ...details.flatMap((text) => pen.hang(INDENT, text)),
  ];
}

function endText({ end, lasted, detectedAfter, backAfter, isMet }: ScenarioReport, words: Words): string {
  const parts = [
    `${words.ends[end]} ${words.lasted(span(lasted))}`,
    ...(detectedAfter === null ? [] : [words.detected(span(detectedAfter))]),
    ...(backAfter === null ? [] : [words.back(span(backAfter))]),
    ...(isMet ? [] : [words.notMet]),
  ];
  return parts.join(', ');
}

function askedText({ kind, about }: ReportedQuestion, words: Words): string {
  return words.asks[kind](about);
}

function neverLines(never: NeverExercised, pen: Pen): readonly string[] {
  const words = pen.m.rehearsal;
  const lines = [
    ...never.steps.map(words.neverStep),
    ...never.announcements.map(({ on, title }) => words.neverAnnounced(on, title)),
    ...never.waysBack.map(words.neverBack),
    ...never.noWayBack.map(({ step, because }) => words.noWayBack(step, because)),
    ...never.conditions.map(({ is, step, condition }) => words.idle[is](step, condition)),
    ...never.faults.map(words.neverMet),
  ];
  if (lines.length === 0) return [pen.clean(words.neverNothing)];
  return [pen.paint('bold', pen.clean(words.never)), ...lines.flatMap((text) => pen.hang('  ', text))];
}
