import type { Command } from '../model/command.ts';
import type { Launch } from '../model/state.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** A person is on it: nobody is told again. The hold stays as it is. */
export function acknowledge({ pages }: Launch, command: CommandOf<'acknowledge'>, { actor }: Context): Handled {
  if (actor.kind !== 'person') return refuse('not-allowed', 'only a person answers a page');
  if (pages === null || pages.times === 0)
    return refuse('not-now', 'nobody is being paged: somebody has answered, or nothing asks for it');
  const { page, by } = command;
  if (page !== null && (page < 1 || page > pages.times))
    return refuse('wrong-input', `there is no page ${page}: the newest is ${pages.times}`);
  const other = by === undefined || by === actor.id ? {} : { by };
  return accept([{ type: 'page-acknowledged', step: pages.cause.step, page: page ?? pages.times, ...other }]);
}
