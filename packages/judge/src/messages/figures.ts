/** What a metric shows on both versions, each value as it is written. */
export interface WrittenFigures {
  readonly fresh: { readonly value: string; readonly version: string };
  readonly old: { readonly value: string; readonly version: string } | null;
  readonly requests: number;
}

/** How figures are written in a language. `under`: the word for less than what can be written. */
export function figuresIn(language: string, under: string) {
  const written = (value: number, digits: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(language, digits).format(value);
  const plain = (value: number): string => written(value, { maximumFractionDigits: 3 });
  return {
    /** A share 0..1 in two digits; what is not all is never written as all, and what is not nothing never as nothing. */
    percent: (share: number): string => {
      const value = share * 100;
      if (value > 0 && value < 0.01) return `${under} ${plain(0.01)} %`;
      if (value < 10) return `${plain(Number(value.toPrecision(2)))} %`;
      return `${plain(value < 100 ? Math.min(99, Math.round(value)) : 100)} %`;
    },
    latency: (milliseconds: number): string => {
      const [value, unit] = milliseconds < 1_000 ? [milliseconds, 'ms'] : [milliseconds / 1_000, 's'];
      return `${written(value, { maximumSignificantDigits: 3 })} ${unit}`;
    },
    whole: (count: number): string => written(count, { maximumFractionDigits: 0 }),
  };
}
