import type { FlagChange, FlagEvent } from '@slipway/flags';

/** The flag that an event is about; null: none, or several. By it the history of one flag is found. */
export function flagOf(event: FlagEvent): string | null {
  switch (event.type) {
    case 'flag-defined':
    case 'flag-removed':
    case 'ramp-set':
    case 'ramp-ended':
    case 'flag-killed':
    case 'flag-unkilled':
      return event.flag;
    case 'change-scheduled':
      return event.scheduled.flag;
    case 'change-proposed':
      return flagOfChange(event.change);
    case 'set-created':
    case 'segment-defined':
    case 'segment-removed':
    case 'schedule-done':
    case 'schedule-cancelled':
    case 'proposal-approved':
    case 'proposal-rejected':
    case 'policy-set':
      return null;
  }
}

function flagOfChange(change: FlagChange): string | null {
  switch (change.kind) {
    case 'define':
    case 'remove':
    case 'ramp':
    case 'end-ramp':
    case 'unkill':
      return change.flag;
    case 'schedule': {
      const flags = new Set(change.scheduled.map(({ flag }) => flag));
      return flags.size === 1 ? (change.scheduled[0]?.flag ?? null) : null;
    }
    case 'apply':
    case 'define-segment':
    case 'remove-segment':
      return null;
  }
}
