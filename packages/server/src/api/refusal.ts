import type { ApiError } from '@slipway/contract';
import type { Rejection } from '@slipway/core';

/** An answer that is not the one asked for. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: ApiError;

  constructor(status: number, body: ApiError) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export function notFound(what: string): Refusal {
  return new Refusal(404, { code: 'not-found', message: `there is no ${what}` });
}

/** A refusal of the core, as HTTP says it. */
export function refusalOf(rejection: Rejection): Refusal {
  return new Refusal(STATUS[rejection.code], rejection);
}

const STATUS: Readonly<Record<Rejection['code'], number>> = {
  'not-found': 404,
  'not-allowed': 403,
  'not-now': 409,
  conflict: 409,
  'wrong-input': 400,
};
