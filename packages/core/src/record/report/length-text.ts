const UNITS = [
  ['d', 'j', 86_400_000],
  ['h', 'h', 3_600_000],
  ['min', 'min', 60_000],
  ['s', 's', 1_000],
] as const;

/** Milliseconds as people say them, by the two largest units: `2 d 3 h`, `8.2 s`. */
export function lengthText(ms: number, language: 'en' | 'fr'): string {
  if (ms < 60_000) {
    const seconds = (ms / 1_000).toFixed(1);
    return `${language === 'fr' ? seconds.replace('.', ',') : seconds} s`;
  }
  const first = UNITS.findIndex(([, , size]) => ms >= size);
  let rest = ms;
  const parts = UNITS.slice(first, first + 2).flatMap(([en, fr, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${language === 'fr' ? fr : en}`];
  });
  return parts.join(' ');
}
