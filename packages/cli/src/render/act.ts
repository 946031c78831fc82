import type { LaunchView, WaitingFor } from '@slipway/contract';
import { commandsOf } from './commands.ts';
import { shortDigest } from './short-digest.ts';
import { wrap } from '../terminal/text.ts';
import type { Pen } from './pen.ts';

/** Who must act, with the commands that do it, each on its own, ready to be copied. */
export function act(view: LaunchView, pen: Pen): string[] {
  if (view.waitingFor.length > 0) return view.waitingFor.flatMap((waiting) => entry(waiting, pen));
  return pen.hang('', nobody(view, pen), view.state === 'rollback-incomplete' ? 'red' : null);
}

function entry(waiting: WaitingFor, pen: Pen): string[] {
  const { m, symbols } = pen;
  const who = pen.clean(waiting.who === 'anyone' ? m.act.anyone : waiting.who);
  const facts = waiting.basis === null ? '' : m.act.facts(shortDigest(waiting.basis.digest));
  return [
    ...pen.hang(`${pen.paint('yellow', `${symbols.warning} ${who}`)} ${symbols.dot} `, pen.join(waiting.what, facts)),
    ...commandsOf(waiting.how, pen).flatMap((how) => command(how, pen)),
  ];
}

/** On lines of its own, to be copied: where it is too long, a backslash carries it on as shells want it. */
export function command(how: string, pen: Pen): string[] {
  const line = pen.clean(how);
  if (line === '') return [];
  const lines = wrap(line, pen.screen.width - 4);
  return lines.map((part, index) => `  ${pen.paint('bold', part)}${index < lines.length - 1 ? ' \\' : ''}`);
}

function nobody(view: LaunchView, pen: Pen): string {
  const { act: words } = pen.m;
  switch (view.state) {
    case 'running':
      return words.nobody;
    case 'held':
      return words.held;
    case 'turning-back':
      return words.turningBack;
    case 'rollback-incomplete':
      return words.incomplete;
    case 'completed':
    case 'scrubbed':
    case 'rolled-back':
      return words.over;
  }
}
