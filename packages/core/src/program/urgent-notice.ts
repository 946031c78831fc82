import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';

/** What says whether a message can wait. */
type NoticeKind = Pick<Notice, 'step' | 'moment' | 'page' | 'message'>;

/**
 * Whether a message leaves in quiet hours, and however often the same was said: whatever is not plainly routine. Routine is what
 * steps announce, and what tells that a launch began, is soaked or is complete.
 */
export function isUrgent({ plan }: Launch, { step, moment, page, message }: NoticeKind): boolean {
  if (page !== undefined || message.urgent === true) return true;
  if (moment === null) return step === null || plan.steps[step]?.kind !== 'announce';
  switch (moment) {
    case 'started':
    case 'soaking':
    case 'completed':
      return false;
    case 'held':
    case 'review-overdue':
    case 'resumed':
    case 'turning-back':
    case 'rolled-back':
    case 'rollback-incomplete':
    case 'scrubbed':
    case 't0-moved':
      return true;
  }
}
