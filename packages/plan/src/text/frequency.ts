const SECONDS = { s: 1, min: 60, h: 3_600 } as const;

/** How often something comes: a number above 0 with the time that it is counted over. */
export const FREQUENCY = /^(?=[^/]*[1-9])\d{1,9}(?:\.\d{1,3})?\/(?:s|min|h)$/;

/** `50/s`, `3000/min`, `0.5/h` as a number a second. What is written is checked by the schema. */
export function parseFrequency(written: string): number {
  const [count, over] = written.split('/');
  return Number(count) / (over === 'h' || over === 'min' ? SECONDS[over] : SECONDS.s);
}
