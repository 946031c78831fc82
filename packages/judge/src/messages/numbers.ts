/** Numbers as people write them in a language; two digits, for more would promise too much. */
export function numbersIn(language: string) {
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
  const down = new Intl.NumberFormat(language, { maximumSignificantDigits: 2, roundingMode: 'floor' });
  const up = new Intl.NumberFormat(language, { maximumSignificantDigits: 2, roundingMode: 'ceil' });
  const percent = (share: number): string => `${short.format(share * 100)} %`;
  return {
    /** A share 0..1; what is not all is never written as all. */
    share: (value: number): string => percent(value < 1 ? Math.min(0.99, value) : 1),
    /** A chance 0..1, in whole per cent. */
    percent: (chance: number): string => percent(Math.round(chance * 100) / 100),
    count: (value: number): string => short.format(value),
    /** Edges of what something lies between, rounded so that it still does. */
    low: (value: number): string => down.format(value),
    high: (value: number): string => up.format(value),
  };
}
