import type { MessagePreview, PlanReport } from '@slipway/contract';
import { span } from '../terminal/numbers.ts';
import { Pen } from './pen.ts';
import { NARROWEST, type Screen } from './screen.ts';

/** Every message of a plan, as it would read if the launch had just begun. */
export function renderMessages({ messages }: PlanReport, screen: Screen): string[] {
  const pen = new Pen({ ...screen, width: Math.max(NARROWEST, screen.width) });
  if (messages.length === 0) return ['', ...pen.hang('', pen.m.plan.noMessages)];
  return ['', ...pen.hang('', pen.m.plan.messages, 'bold'), ...messages.flatMap((message) => lines(message, pen))];
}

function lines(message: MessagePreview, pen: Pen): string[] {
  const { when, to, again, title, text, from = 'plan', mention = [], quiet = [] } = message;
  const { m } = pen;
  const calls = mention.length === 0 ? '' : m.plan.mentions(mention.map((name) => `@${name}`).join(', '));
  const waits = quiet.length === 0 ? '' : m.plan.quiet(quiet.join('; '));
  const repeated = again === null ? '' : m.plan.again(span(again));
  return [
    '',
    ...pen.hang('  ', pen.join(when, m.plan.tells(to.join(', ')), repeated, calls, waits, m.plan.from[from]), 'dim'),
    ...pen.hang('  ', title, 'bold'),
    ...text.split('\n').flatMap((line) => (line.trim() === '' ? [''] : pen.hang('  ', line))),
  ];
}
