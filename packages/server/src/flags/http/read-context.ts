import { isUtf8 } from 'node:buffer';
import type { EvaluationContext } from '@slipway/flags';
import type { FlagRefusal } from './flag-refusal.ts';

/** How many objects may lie within each other: rules reach for a few. */
const DEPTH = 16;

export type ReadContext = { readonly context: EvaluationContext } | FlagRefusal;

/** The context of an evaluation request, or what is wrong with it. */
export function readContext(body: Buffer): ReadContext {
  const request = parse(body);
  if (request === undefined)
    return { status: 400, errorCode: 'PARSE_ERROR', errorDetails: 'the body is not JSON in UTF-8' };
  const context: unknown = isObject(request) ? request['context'] : undefined;
  if (!isObject(context)) return invalid('the body must be {"context": {"targetingKey": …}}');
  const { targetingKey } = context;
  if (targetingKey !== undefined && typeof targetingKey !== 'string') return invalid('targetingKey must be a string');
  for (const value of Object.values(context))
    if (typeof value === 'object' && value !== null && !isShallow(value, DEPTH - 1))
      return invalid(`the context is nested more than ${DEPTH} deep`);
  // Whatever JSON.parse gives is JSON.
  return { context: context as EvaluationContext };
}

function parse(body: Buffer): unknown {
  if (!isUtf8(body)) return undefined;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: object, depth: number): boolean {
  if (depth === 0) return false;
  return Object.values(value).every(
    (each) => typeof each !== 'object' || each === null || isShallow(each as object, depth - 1),
  );
}

function invalid(errorDetails: string): FlagRefusal {
  return { status: 400, errorCode: 'INVALID_CONTEXT', errorDetails };
}
