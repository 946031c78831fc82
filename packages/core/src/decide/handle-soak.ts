import type { Command } from '../model/command.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { goesForward } from '../program/progress.ts';
import { openReviews, openSoak, ticksDue, tiersOf } from '../program/soak-care.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { notInRole, rolesHeld } from './roles.ts';
import { wrongText } from './wrong-text.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Somebody of the role looked, and says what they saw: it stands for every review that is due. */
export function reviewSoak(launch: Launch, command: CommandOf<'complete-task'>, context: Context): Handled {
  const { step: id, proof } = command;
  if (!goesForward(launch)) return refuse('not-now', 'the launch takes no reviews now');
  const soak = openSoak(launch, id);
  const review = soak?.care.review;
  if (review === undefined) return refuse('not-now', `${id} asks for no review now`);
  if (openReviews(launch, id) === 0) return refuse('not-now', `no review of ${id} is due`);
  if (rolesHeld(launch, context.actor, [review.by]).length === 0) return notInRole(launch, context.actor, [review.by]);
  const wrong = wrongText(proof, 'word on what you saw', 2_000);
  return wrong === null ? accept([{ type: 'task-done', step: id, proof }]) : refuse('wrong-input', wrong);
}

/** Ten years in milliseconds: longer is a slip of the pen. */
const LONGEST = 3_650 * 86_400_000;

/** As many times as a plan may ask for, and as many again. */
const MOST_TICKS = 2_000;

/** Only longer: it ends early where a person goes on without the rest of it. */
export function extendSoak(launch: Launch, { step: id, ms, reason }: CommandOf<'extend-soak'>): Handled {
  if (!goesForward(launch)) return refuse('not-now', 'the launch does not go forward any more');
  const step = own(launch.plan.steps, id);
  if (step?.kind !== 'soak') return refuse('not-found', `there is no soak called ${id}`);
  const soak = own(launch.soaks, id);
  if (soak === undefined || launch.steps[id]?.is !== 'active') return refuse('not-now', `${id} is not under way`);
  if (reason.trim() === '') return refuse('wrong-input', 'give a reason: it stands in the record');
  const extension = soak.extension + ms;
  if (!Number.isSafeInteger(ms) || ms < 1_000 || extension > LONGEST)
    return refuse('wrong-input', 'a soak is extended by a second at least, and by ten years at most');
  const tiers = step.care === undefined ? [] : tiersOf(step.care, { ...soak, extension });
  if (ticksDue(tiers, step.hold + extension) > MOST_TICKS)
    return refuse('wrong-input', `its tiers would fall due more than ${MOST_TICKS} times: extend it by less`);
  return accept([{ type: 'soak-extended', step: id, ms, reason }]);
}
