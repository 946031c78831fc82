import type { RedFlagCode } from '../red-flag.ts';
import type { Entry } from './entry.ts';
import { EVIDENCE } from './evidence.ts';
import { PEOPLE } from './people.ts';
import { WAY_BACK } from './way-back.ts';

/** Every red flag that there is, by its code. */
export const RED_FLAGS: Readonly<Record<RedFlagCode, Entry>> = { ...WAY_BACK, ...PEOPLE, ...EVIDENCE };

export function isRedFlagCode(code: string): code is RedFlagCode {
  return Object.hasOwn(RED_FLAGS, code);
}
