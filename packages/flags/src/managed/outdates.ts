import { groupRule } from './audience-rule.ts';
import type { FlagChange } from './flag-command.ts';
import type { FlagEvent } from './flag-event.ts';
import type { FlagRamp } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { sameOrigin } from './origin.ts';
import { segmentsUsed } from './segment-rules.ts';

type Apply = Extract<FlagChange, { kind: 'apply' }>;
type Segments = FlagSet['segments'];

/** Whether an event makes a change that waits for approval another one than was shown: what it rests on is not as it was. */
export function outdates(event: FlagEvent, change: FlagChange, segments: Segments): boolean {
  switch (change.kind) {
    case 'apply':
      return outdatesApply(event, change);
    case 'define':
      return isDefinition(event) && event.flag === change.flag;
    case 'remove':
    case 'end-ramp':
    case 'unkill':
      return 'flag' in event && event.flag === change.flag;
    case 'define-segment':
    case 'remove-segment':
      return 'segment' in event && event.segment === change.segment;
    case 'ramp':
      return outdatesRamp(event, change, segments);
    case 'schedule':
      return change.scheduled.some((each) => {
        const ramp = each.change.kind === 'ramp' ? each.change.ramp : null;
        return outdatesRamp(event, { flag: each.flag, ramp }, segments);
      });
  }
}

function outdatesApply(event: FlagEvent, { origin, flags, segments }: Apply): boolean {
  // One that came to the same origin meanwhile would be removed, which nobody was shown.
  if (isDefinition(event)) return Object.hasOwn(flags, event.flag) || isOf(event, origin);
  if (!('segment' in event)) return false;
  return Object.hasOwn(segments, event.segment) || isOf(event, origin);
}

function isOf(event: FlagEvent, origin: Apply['origin']): boolean {
  return 'origin' in event && sameOrigin(event.origin, origin);
}

interface RampAsked {
  readonly flag: string;
  readonly ramp: Omit<FlagRamp, 'launch'> | null;
}

/** A ramp that grew meanwhile is none: what is joined to it is what was shown. */
function outdatesRamp(event: FlagEvent, { flag, ramp }: RampAsked, segments: Segments): boolean {
  if ('flag' in event) return event.flag === flag && event.type !== 'ramp-set';
  if (!('segment' in event) || ramp === null) return false;
  return segmentsUsed(ramp.audience.map(groupRule), segments).has(event.segment);
}

function isDefinition(event: FlagEvent): event is Extract<FlagEvent, { type: 'flag-defined' | 'flag-removed' }> {
  return event.type === 'flag-defined' || event.type === 'flag-removed';
}
