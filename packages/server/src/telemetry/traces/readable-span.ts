import { type HrTime, SpanKind, SpanStatusCode, TraceFlags, type SpanContext } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { LaunchSpan } from './launch-span.ts';
import { spanIdOf } from './span-ids.ts';

export interface SpanOrigin {
  readonly trace: string;
  readonly resource: Resource;
  /** Of Slipway. */
  readonly version: string;
}

/** A launch's span as the SDK's exporters want it. They are given it directly: a tracer would give it ids of its own. */
export function readableSpan(span: LaunchSpan, { trace, resource, version }: SpanOrigin): ReadableSpan {
  const context = (key: string): SpanContext => ({
    traceId: trace,
    spanId: spanIdOf(trace, key),
    traceFlags: TraceFlags.SAMPLED,
  });
  const own = context(span.key);
  return {
    name: span.name,
    kind: SpanKind.INTERNAL,
    spanContext: () => own,
    ...(span.parent === null ? {} : { parentSpanContext: context(span.parent) }),
    startTime: hrTime(span.from),
    endTime: hrTime(span.to),
    duration: hrTime(span.to - span.from),
    status: span.error === null ? { code: SpanStatusCode.OK } : { code: SpanStatusCode.ERROR, message: span.error },
    attributes: { ...span.attributes },
    links: [],
    events: span.events.map(({ name, at, attributes }) => ({ name, time: hrTime(at), attributes: { ...attributes } })),
    ended: true,
    resource,
    instrumentationScope: { name: 'slipway', version },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds and nanoseconds. */
function hrTime(ms: number): HrTime {
  return [Math.floor(ms / 1000), Math.round((ms % 1000) * 1_000_000)];
}
