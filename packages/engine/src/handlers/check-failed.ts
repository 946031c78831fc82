import type { Evidence } from '@slipway/core';

/** A check that was answered, and the answer is no. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  readonly evidence: Evidence;

  constructor(evidence: Evidence) {
    super(evidence.summary);
    this.evidence = evidence;
  }
}
