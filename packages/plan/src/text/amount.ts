import type { Amount } from '../model/step.ts';

/** Per cent of the instances, as a plan writes them. */
export const SHARE = /^(?:100|[1-9]?\d)%$/;

/** `2` and `25%` as an amount. What is written is checked by the schema. */
export function parseAmount(written: number | string): Amount {
  if (typeof written === 'number') return { unit: 'instances', value: written };
  return { unit: 'percent', value: Number(written.slice(0, -1)) };
}

/** As a plan writes it. */
export function formatAmount({ unit, value }: Amount): string {
  return unit === 'percent' ? `${value}%` : String(value);
}
