import type { FlagRejection } from '@slipway/flags';
import type { ApiError } from '@slipway/contract';
import { Refusal } from '../../api/refusal.ts';

/** A refusal of a flag set, as HTTP says it. */
export function flagRefusal({ code, message }: FlagRejection): Refusal {
  const [status, said] = STATUS[code];
  return new Refusal(status, { code: said, message });
}

const STATUS: Readonly<Record<FlagRejection['code'], readonly [number, ApiError['code']]>> = {
  'not-found': [404, 'not-found'],
  refused: [409, 'not-now'],
  'wrong-input': [422, 'wrong-input'],
  'needs-person': [403, 'not-allowed'],
};
