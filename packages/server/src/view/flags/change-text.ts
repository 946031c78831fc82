import type { FlagChange, FlagEvent, Origin, ScheduledChange } from '@slipway/flags';
import type { Words } from '../words/words.ts';
import { rampText } from './flag-sentence.ts';

type FlagWords = Words['flags'];

/** What somebody wants to change, in words. */
export function changeText(change: FlagChange, words: FlagWords): string {
  const { change: say } = words;
  switch (change.kind) {
    case 'apply':
      return say.apply(fileOf(change.origin) ?? say.server, Object.keys(change.flags).length);
    case 'define':
      return say.define(change.flag);
    case 'remove':
      return say.remove(change.flag);
    case 'define-segment':
      return say.defineSegment(change.segment);
    case 'remove-segment':
      return say.removeSegment(change.segment);
    case 'ramp':
      return say.ramp(change.flag, rampText(change.ramp, words));
    case 'end-ramp':
      return say.endRamp(change.flag);
    case 'unkill':
      return say.unkill(change.flag, change.reason);
    case 'schedule':
      return say.schedule(change.scheduled.map((each) => scheduledText(each.flag, each.change, words)));
  }
}

/** What happens to a flag at a time, in words. */
export function scheduledText(flag: string, change: ScheduledChange, words: FlagWords): string {
  const { change: say } = words;
  switch (change.kind) {
    case 'ramp':
      return say.ramp(flag, rampText(change.ramp, words));
    case 'end-ramp':
      return say.endRamp(flag);
    case 'kill':
      return say.kill(flag, change.reason);
    case 'define':
      return say.define(flag);
  }
}

/** What happened, in words. */
export function eventText(event: FlagEvent, words: FlagWords): string {
  const { event: say } = words;
  switch (event.type) {
    case 'set-created':
      return say.setCreated(event.bucketing);
    case 'flag-defined':
      return say.flagDefined(event.flag, fileOf(event.origin));
    case 'flag-removed':
      return say.flagRemoved(event.flag);
    case 'segment-defined':
      return say.segmentDefined(event.segment, fileOf(event.origin));
    case 'segment-removed':
      return say.segmentRemoved(event.segment);
    case 'ramp-set':
      return say.rampSet(event.flag, rampText(event.ramp, words));
    case 'ramp-ended':
      return say.rampEnded(event.flag);
    case 'flag-killed':
      return event.launch === null
        ? say.flagKilled(event.flag, event.reason)
        : say.flagKilledByLaunch(event.flag, event.launch, event.reason);
    case 'flag-unkilled':
      return say.flagUnkilled(event.flag, event.reason);
    case 'change-scheduled':
      return say.scheduled(event.scheduled.id, scheduledText(event.scheduled.flag, event.scheduled.change, words));
    case 'schedule-done':
      return say.scheduleDone(event.id);
    case 'schedule-cancelled':
      return say.scheduleCancelled(event.id, event.reason);
    case 'change-proposed':
      return say.proposed(event.id, changeText(event.change, words), event.reason);
    case 'proposal-approved':
      return say.approved(event.id);
    case 'proposal-rejected':
      return say.rejected(event.id, event.reason);
    case 'policy-set':
      return say.policySet(event.policy.approvals, Object.keys(event.policy.channels));
  }
}

function fileOf(origin: Origin): string | null {
  return origin.kind === 'file' ? origin.file : null;
}
