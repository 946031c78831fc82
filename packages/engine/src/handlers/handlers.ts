import type { Flags } from '../flags/flags.ts';
import type { FlagDeliveries } from '../ports/flag-delivery.ts';
import type { Leases } from '../ports/leases.ts';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { checkHandler } from './check.ts';
import { commandHandler } from './command.ts';
import { confirmBackHandler } from './confirm-back.ts';
import { flagSurveyHandler } from './flags/flag-survey.ts';
import { killFlagHandler } from './flags/kill-flag.ts';
import { rampHandler } from './flags/ramp.ts';
import type { Handlers } from './handler.ts';
import { startHandler, stopHandler } from './instances.ts';
import { lockHandler } from './lock.ts';
import { observeHandler } from './observe/observe.ts';
import { restoreHandler } from './restore.ts';
import { rollHandler } from './roll/roll.ts';
import { sendHandler } from './send.ts';
import { shiftHandler } from './shift.ts';
import { surveyHandler } from './survey.ts';

export interface FlagPorts {
  readonly flags: Flags;
  /** How far changes of flags get; absent: nobody measures it. */
  readonly delivery?: FlagDeliveries;
}

/** One handler for each kind of work. */
export function createHandlers(access: ProviderAccess, leases: Leases, { flags, delivery }: FlagPorts): Handlers {
  return {
    lock: lockHandler(leases, access.machine.clock),
    survey: surveyHandler(access),
    check: checkHandler(access),
    command: commandHandler(access),
    start: startHandler(access),
    restore: restoreHandler(access),
    shift: shiftHandler(access),
    stop: stopHandler(access),
    roll: rollHandler(access),
    observe: observeHandler(access, flags),
    'confirm-back': confirmBackHandler(access),
    'flag-survey': flagSurveyHandler(flags),
    ramp: rampHandler(flags),
    'kill-flag': killFlagHandler(flags, {
      clock: access.machine.clock,
      ...(delivery === undefined ? {} : { delivery }),
    }),
    send: sendHandler(access),
  };
}
