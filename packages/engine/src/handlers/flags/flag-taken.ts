import type { Kill } from '@slipway/flags';
import type { Bilingual } from '@slipway/judge';
import { TerminalError } from '@slipway/provider-kit';

/** Somebody else has the flag now: what is watched is not what this launch ramped. */
export class FlagTaken extends TerminalError {
  readonly reasons: Bilingual;

  constructor(reasons: Bilingual) {
    super(reasons.en);
    this.reasons = reasons;
  }
}

export function killedBy(flag: string, { by, reason }: Pick<Kill, 'by' | 'reason'>): Bilingual {
  return {
    en: `the flag ${flag} was killed by ${by}: ${reason}`,
    fr: `le flag ${flag} a été éteint par ${by} : ${reason}`,
  };
}
