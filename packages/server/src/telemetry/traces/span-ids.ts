import { createHash } from 'node:crypto';
import type { Launch } from '@slipway/core';

/** The same wherever a launch goes on: every server tells of it under one trace. Two databases may both have a `shop-1`. */
export function traceIdOf({ id, origin }: Pick<Launch, 'id' | 'origin'>): string {
  return digest(`trace ${id} ${origin.hash}`, 32);
}

/** `what` names the span within its trace: told again, it is the same span. */
export function spanIdOf(trace: string, what: string): string {
  return digest(`span ${trace} ${what}`, 16);
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
