import type {
  Counter,
  Histogram,
  Meter,
  MetricOptions,
  ObservableCounter,
  ObservableGauge,
  UpDownCounter,
} from '@opentelemetry/api';
import type { MetricDefinition } from './catalogue.ts';

/** Makes the instruments of the catalogue on one meter: each once. */
export class Instruments {
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  counter({ name, ...rest }: MetricDefinition): Counter {
    return this.#meter.createCounter(name, optionsOf(rest));
  }

  histogram({ name, ...rest }: MetricDefinition): Histogram {
    return this.#meter.createHistogram(name, optionsOf(rest));
  }

  /** Goes up and down by what happens here. */
  level({ name, ...rest }: MetricDefinition): UpDownCounter {
    return this.#meter.createUpDownCounter(name, optionsOf(rest));
  }

  /** Asked for when somebody reads. */
  gauge({ name, ...rest }: MetricDefinition): ObservableGauge {
    return this.#meter.createObservableGauge(name, optionsOf(rest));
  }

  /** Asked for when somebody reads; only ever grows. */
  observedCounter({ name, ...rest }: MetricDefinition): ObservableCounter {
    return this.#meter.createObservableCounter(name, optionsOf(rest));
  }
}

function optionsOf({ help, unit, buckets }: Omit<MetricDefinition, 'name'>): MetricOptions {
  return {
    description: help,
    ...(unit === undefined ? {} : { unit }),
    ...(buckets === undefined ? {} : { advice: { explicitBucketBoundaries: [...buckets] } }),
  };
}
