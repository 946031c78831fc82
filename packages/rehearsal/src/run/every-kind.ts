import type { EffectWork } from '@slipway/core';
import type { Handler, Handlers } from '@slipway/engine';

/** The same handler for every kind of work. */
export function everyKind(handler: <Work extends EffectWork>() => Handler<Work>): Handlers {
  return {
    lock: handler(),
    survey: handler(),
    check: handler(),
    command: handler(),
    start: handler(),
    restore: handler(),
    shift: handler(),
    stop: handler(),
    roll: handler(),
    observe: handler(),
    'confirm-back': handler(),
    'flag-survey': handler(),
    ramp: handler(),
    'kill-flag': handler(),
    send: handler(),
  };
}
