import type { Json, Redactor } from '@slipway/provider-kit';

/** The same value without any secret that was read so far. What goes into an event is JSON, so its shape stays. */
export function redacted<T>(redactor: Redactor, value: T): T {
  return redactor.redactJson(JSON.parse(JSON.stringify(value)) as Json) as T;
}
