import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { noticeId } from '../program/effect-id.ts';
import { mostReminders, type NextReminder, nextReminders, reachOf } from '../program/reminder-time.ts';
import { awaited } from '../signoff/awaited.ts';
import { signoffOf } from '../signoff/votes.ts';
import { askMessage, type Wanted } from './ask-message.ts';

interface Asking {
  readonly roles: readonly string[];
  readonly wanted: Wanted;
  /** 0: it is no reminder. */
  readonly time: number;
  /** Of the first id. */
  readonly seq: number;
  readonly index: number;
}

/** What an event has people asked for who can be reached: a GO or a tick that does not count any more. `launch`: after it. */
export function asksFor(launch: Launch, event: LaunchEvent, seq: number): readonly LaunchEvent[] {
  const asked = wantedBy(launch, event);
  return asked === null ? [] : ask(launch, asked.step, { ...asked, time: 0, seq, index: 0 });
}

type Asked = Pick<Asking, 'roles' | 'wanted'> & { readonly step: string };

/** null: nothing. */
function wantedBy(launch: Launch, event: LaunchEvent): Asked | null {
  if (event.type === 'votes-expired') {
    const { step, people } = event;
    if (signoffOf(launch, step)?.untold === true) return null;
    const { roles, names } = awaitedOf(launch, step);
    return { step, roles, wanted: { kind: 'go-again', awaited: names, people } };
  }
  if (event.type === 'tick-expired' && event.ask === 'person') {
    const { step, tickedAt } = event;
    return { step, roles: ownerOf(launch, step), wanted: { kind: 'tick-stale', tickedAt } };
  }
  if (event.type !== 'proof-refused') return null;
  const { type: _type, step, ...why } = event;
  return { step, roles: ownerOf(launch, step), wanted: { kind: 'tick-refused', ...why } };
}

/** Those who still owe a GO, once more. The next event's number is nobody's yet, so the ids that begin with it are free. */
export function remindersDue(launch: Launch, now: number, index: number): readonly LaunchEvent[] {
  const due = nextReminders(launch, now).filter(({ at }) => at <= now);
  const found: LaunchEvent[] = [];
  for (const reminder of due) found.push(...remind(launch, reminder, index + found.length));
  return found;
}

function remind(launch: Launch, { step, time }: NextReminder, index: number): readonly LaunchEvent[] {
  const { roles, names } = awaitedOf(launch, step);
  const most = mostReminders(signoffOf(launch, step)?.remind ?? 1);
  const wanted = { kind: 'go-still', awaited: names, time, most } as const;
  return ask(launch, step, { roles, wanted, time, seq: launch.head.seq + 1, index });
}

/** Each channel once, however many roles it reaches. */
function ask(launch: Launch, step: string, { roles, wanted, time, seq, index }: Asking): readonly LaunchEvent[] {
  const to = reachOf(launch, roles);
  const message = { to, ...askMessage(launch, step, wanted) };
  return to.map((channel, offset): LaunchEvent => {
    const notice = noticeId(seq, index + offset);
    return { type: 'notice-queued', notice, step: null, moment: null, channel, message, asks: { step, time } };
  });
}

function awaitedOf(launch: Launch, step: string): { readonly roles: readonly string[]; readonly names: string } {
  const { roles } = awaited(launch, step);
  const names = roles.map(({ role, people }) => (people.length === 0 ? role : `${role} (${people.join(', ')})`));
  return { roles: roles.map(({ role }) => role), names: names.join(', ') };
}

function ownerOf({ plan }: Launch, id: string): readonly string[] {
  const step = own(plan.steps, id);
  return step?.kind === 'task' ? [step.owner] : [];
}
