import type { EffectWork } from '@slipway/core';
import type { Verification } from '@slipway/provider-kit';
import type { Done, EffectContext, Handler, Handlers } from '../handlers/handler.ts';

/** The handler of a piece of work, bound to it. */
export interface Bound {
  run(context: EffectContext): Promise<Done>;
  verify(context: EffectContext): Promise<Verification>;
  idempotent(): boolean;
}

export function bind(handlers: Handlers, work: EffectWork): Bound {
  switch (work.kind) {
    case 'lock':
      return bound(handlers.lock, work);
    case 'survey':
      return bound(handlers.survey, work);
    case 'check':
      return bound(handlers.check, work);
    case 'command':
      return bound(handlers.command, work);
    case 'start':
      return bound(handlers.start, work);
    case 'restore':
      return bound(handlers.restore, work);
    case 'shift':
      return bound(handlers.shift, work);
    case 'stop':
      return bound(handlers.stop, work);
    case 'roll':
      return bound(handlers.roll, work);
    case 'observe':
      return bound(handlers.observe, work);
    case 'confirm-back':
      return bound(handlers['confirm-back'], work);
    case 'flag-survey':
      return bound(handlers['flag-survey'], work);
    case 'ramp':
      return bound(handlers.ramp, work);
    case 'kill-flag':
      return bound(handlers['kill-flag'], work);
    case 'send':
      return bound(handlers.send, work);
  }
}

function bound<Work extends EffectWork>(handler: Handler<Work>, work: Work): Bound {
  return {
    run: (context) => handler.run(work, context),
    verify: (context) => handler.verify(work, context),
    idempotent: () => handler.idempotent(work),
  };
}
