import type { Bilingual } from './language.ts';

/** What a metric shows on both versions, each value as it is written. */
export interface WrittenFigures {
  readonly fresh: { readonly value: string; readonly version: string };
  readonly old: { readonly value: string; readonly version: string } | null;
  /** null of a gauge: it rests on no number of requests. */
  readonly requests: number | null;
}

/** A metric as people call it, with its figures. */
export interface LabelledFigures {
  /** `errors`, `latency p99`. */
  readonly label: string;
  readonly text: string;
}

/** Why there is no reading: a source's own words, or ours in every language. */
export interface GivenReason {
  readonly reason: string;
  readonly reasons?: Bilingual;
}

/** How many requests a version answered of those that are needed. `metric` null: of all metrics together. */
export interface WrittenCount {
  readonly version: string;
  readonly seen: number;
  readonly needed: number;
  readonly metric: string | null;
}

/** A gauge on the new version, each value as it is written. `old`: the version that it is compared with. */
export interface WrittenGauge {
  readonly metric: string;
  readonly fresh: string;
  readonly old: string;
}

/** How figures are written in a language. `under`: the word for less than what can be written. */
export function figuresIn(language: string, under: string) {
  // Made once: one costs more than all the looks of a minute.
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const four = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
  const scientific = new Intl.NumberFormat(language, { maximumSignificantDigits: 4, notation: 'scientific' });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  return {
    /** A share 0..1 in two digits; what is not all is never written as all, and what is not nothing never as nothing. */
    percent: (share: number): string => {
      const value = share * 100;
      if (value > 0 && value < 0.01) return `${under} ${plain.format(0.01)} %`;
      if (value < 10) return `${plain.format(Number(value.toPrecision(2)))} %`;
      return `${plain.format(value < 100 ? Math.min(99, Math.round(value)) : 100)} %`;
    },
    latency: (milliseconds: number): string =>
      milliseconds < 1_000 ? `${short.format(milliseconds)} ms` : `${short.format(milliseconds / 1_000)} s`,
    /** A time to wait, in milliseconds; null: nobody knows. */
    duration: (milliseconds: number): string | null => {
      if (!Number.isFinite(milliseconds)) return null;
      return milliseconds < 1000
        ? `${whole.format(milliseconds)} ms`
        : `${whole.format(Math.round(milliseconds / 1000))} s`;
    },
    /** A gauge in four digits and its own unit, '' where none is known. */
    amount: (value: number, unit: string): string => {
      const size = Math.abs(value);
      const isLong = size >= 1e15 || (size > 0 && size < 1e-6);
      const text = (isLong ? scientific : four).format(value);
      return unit === '' ? text : `${text} ${unit}`;
    },
    whole: (count: number): string => whole.format(count),
  };
}

/** Instances that are compared one with another, by version. */
export interface WrittenInstances {
  readonly new: number;
  readonly old: number;
  readonly versions: { readonly new: string; readonly old: string };
}
