import type { Flags } from '../flags/flags.ts';
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

/** One handler for each kind of work. */
export function createHandlers(access: ProviderAccess, leases: Leases, flags: Flags): Handlers {
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
    'kill-flag': killFlagHandler(flags),
    send: sendHandler(access),
  };
}
