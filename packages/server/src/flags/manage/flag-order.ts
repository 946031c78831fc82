import type { FlagCommandWire } from '@slipway/contract';
import type { FlagChange, FlagCommand, FlagRecord, FlagSet, ScheduledChange } from '@slipway/flags';
import { notFound, Refusal } from '../../api/refusal.ts';
import { laterShares, rampOf } from './ask-ramp.ts';
import { readFlagFile } from './flag-files.ts';

export interface OrderContext {
  readonly state: FlagSet;
  /** Epoch ms. */
  readonly now: number;
  /** Of a proposal, and what ids of scheduled changes begin with. */
  readonly id: string;
}

/** What a person asks for, as the flag set takes it, one after the other. Refuses what cannot be meant. */
export function flagOrders(asked: FlagCommandWire, context: OrderContext): readonly FlagCommand[] {
  switch (asked.type) {
    case 'approve':
      return [{ type: 'approve', id: asked.proposal }];
    case 'reject':
      return [{ type: 'reject', id: asked.proposal, reason: asked.reason }];
    case 'cancel':
      return [{ type: 'cancel-schedule', id: asked.schedule, reason: asked.reason || 'called off by hand' }];
    case 'ramp-over-time':
      return overTime(asked, context);
    case 'define':
    case 'remove':
    case 'ramp':
    case 'end-ramp':
    case 'schedule':
      return [{ type: 'change', id: context.id, change: changeOf(asked, context), reason: asked.reason }];
  }
}

/** The first share now, the others when their time has come. */
function overTime(asked: Of<'ramp-over-time'>, context: OrderContext): readonly FlagCommand[] {
  const { flag, reason } = asked;
  const ramp = rampOf(known(context.state, flag), asked.ramp);
  const later = scheduleOf(flag, laterShares(ramp, asked, context.now), context);
  return [
    { type: 'change', id: `${context.id}-now`, change: { kind: 'ramp', flag, ramp }, reason },
    { type: 'change', id: context.id, change: later, reason },
  ];
}

type Of<T extends FlagCommandWire['type']> = Extract<FlagCommandWire, { type: T }>;
type Change = Exclude<FlagCommandWire, { type: 'approve' | 'reject' | 'cancel' | 'ramp-over-time' }>;

function changeOf(asked: Change, context: OrderContext): FlagChange {
  const { flag } = asked;
  switch (asked.type) {
    case 'define':
      return { kind: 'define', flag, definition: definitionIn(asked) };
    case 'remove':
      return { kind: 'remove', flag };
    case 'ramp':
      return { kind: 'ramp', flag, ramp: rampOf(known(context.state, flag), asked.ramp) };
    case 'end-ramp':
      return { kind: 'end-ramp', flag };
    case 'schedule':
      return scheduleOf(flag, [{ at: asked.at, change: scheduledOf(asked, context.state) }], context);
  }
}

function definitionIn({ flag, file, text }: Of<'define'>) {
  const { flags } = readFlagFile({ file, text });
  const definition = Object.hasOwn(flags, flag) ? flags[flag] : undefined;
  if (definition !== undefined) return definition;
  const names = Object.keys(flags).slice(0, 20).join(', ');
  throw new Refusal(422, {
    code: 'wrong-input',
    message: `${file} defines no flag ${flag}; it has ${names === '' ? 'none' : names}`,
  });
}

function scheduledOf({ flag, change, reason }: Of<'schedule'>, state: FlagSet): ScheduledChange {
  switch (change.kind) {
    case 'ramp':
      return { kind: 'ramp', ramp: rampOf(known(state, flag), change.ramp) };
    case 'end-ramp':
      return { kind: 'end-ramp' };
    case 'kill':
      if (reason === '')
        throw new Refusal(422, { code: 'wrong-input', message: 'a kill takes a reason: people read it' });
      return { kind: 'kill', reason };
  }
}

function scheduleOf(
  flag: string,
  changes: readonly { readonly at: number; readonly change: ScheduledChange }[],
  { id }: OrderContext,
): FlagChange {
  const scheduled = changes.map(({ at, change }, index) => ({
    id: changes.length === 1 ? id : `${id}-${index + 1}`,
    flag,
    at,
    change,
  }));
  return { kind: 'schedule', scheduled };
}

function known(state: FlagSet, flag: string): FlagRecord {
  const record = state.flags.get(flag);
  if (record === undefined) throw notFound(`flag ${flag} in this set`);
  return record;
}
