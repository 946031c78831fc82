import type { LaunchView, PhaseView, StepView } from '@slipway/contract';
import stringWidth from 'string-width';
import { span } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';
import { awaitedLines, voteLines } from './signoff-lines.ts';
import { stepMark } from './words.ts';

export interface Folding {
  readonly done: boolean;
  readonly waiting: boolean;
  /** Inside a phase, steps that need no look now become a count. */
  readonly quietSteps: boolean;
}

/** The whole way, phase by phase, step by step. */
export function phases(view: LaunchView, pen: Pen, folding: Folding): string[] {
  return view.phases.flatMap((phase) => [
    ...phaseLine(phase, pen),
    ...(isFolded(phase, folding) ? [] : stepLines(view, phase, { pen, folding })),
  ]);
}

function isFolded(phase: PhaseView, folding: Folding): boolean {
  return (phase.state === 'done' && folding.done) || (phase.state === 'waiting' && folding.waiting);
}

function phaseLine(phase: PhaseView, pen: Pen): string[] {
  const state = phase.state === 'done' ? 'passed' : phase.state;
  const mark = stepMark(state, pen.symbols);
  const finished = phase.steps.filter((step) => step.state === 'passed' || step.state === 'skipped').length;
  const words = pen.join(pen.m.phases[phase.state], pen.m.screen.stepsDone(finished, phase.steps.length));
  return pen.hang(
    `${pen.paint(mark.style, mark.symbol)} ${pen.paint('bold', pen.clean(phase.name))} ${pen.symbols.dot} `,
    words,
  );
}

function stepLines(view: LaunchView, phase: PhaseView, at: { pen: Pen; folding: Folding }): string[] {
  const { pen, folding } = at;
  const quiet = (step: StepView) => folding.quietSteps && (step.state === 'waiting' || step.state === 'passed');
  const shown = phase.steps.filter((step) => !quiet(step));
  const hidden = phase.steps.length - shown.length;
  const rest = hidden === 0 ? [] : pen.hang('  ', pen.m.screen.moreSteps(hidden), 'dim');
  return [...shown.flatMap((step) => stepLine(view, step, pen)), ...rest];
}

function stepLine(view: LaunchView, step: StepView, pen: Pen): string[] {
  const mark = stepMark(step.state, pen.symbols);
  // The longest word is only met where the plan offers scenarios.
  const known = Object.entries(pen.m.steps).filter(([state]) => state !== 'not-chosen' || view.scenario !== undefined);
  const words = known.map(([, word]) => stringWidth(pen.clean(word)));
  const word = pen.pad(pen.clean(pen.m.steps[step.state]), Math.max(...words));
  const lead = `  ${pen.paint(mark.style, `${mark.symbol} ${word}`)}  `;
  const since = step.state === 'active' && step.since !== null ? `(${span(pen.screen.now - step.since)})` : '';
  const votes = view.votes.filter((vote) => vote.step === step.id);
  // The votes below say it with their reasons.
  const isToldByVotes = step.state === 'passed' && votes.length > 0;
  const text = pen.join(`${step.title} ${since}`.trim(), isToldByVotes ? '' : step.detail);
  const under = ' '.repeat(stringWidth(lead));
  const doing = view.activity.filter((activity) => activity.step === step.id);
  return [
    ...pen.hang(lead, text, step.state === 'waiting' ? 'dim' : null),
    ...doing.flatMap(({ text: said }) => pen.hang(`${under}${pen.symbols.activity} `, said, 'dim')),
    ...[...votes.flatMap((vote) => voteLines(vote, view, pen)), ...awaitedLines(view, step.id, pen)].flatMap((line) =>
      pen.hang(`${under}${pen.symbols.activity} `, line),
    ),
  ];
}
