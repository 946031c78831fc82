import { z } from 'zod';
import { type ReadAlert, UnreadableAlert } from './sender.ts';

/** Alerts in one request. Where much is wrong they come together, and what is refused is not sent again. */
export const MOST_ALERTS = 2_000;
const LONGEST_TITLE = 200;
const LONGEST_ID = 300;

/** Labels: texts; what else could be one is written as text. */
export const labels = z.record(
  z.string().max(200),
  z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]),
);

/** Parses, and says where it is wrong without repeating what stands there. Throws UnreadableAlert. */
export function readAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = (issue?.path ?? []).filter((key) => typeof key === 'number' || /^[A-Za-z_]{1,40}$/.test(String(key)));
  throw new UnreadableAlert(`${place.length === 0 ? 'the body' : place.join('.')} is not what this sender sends`);
}

interface Written {
  readonly isFiring: boolean;
  readonly incident: string;
  readonly title: string;
  readonly labels: z.output<typeof labels>;
}

/** Bounded, and one line: it stands in the record and on screens. */
export function plainAlert({ isFiring, incident, title, labels: written }: Written): ReadAlert {
  const entries = Object.entries(written).flatMap(([label, value]) =>
    value === null ? [] : [[label, String(value)] as const],
  );
  return {
    isFiring,
    incident: oneLine(incident).slice(0, LONGEST_ID),
    title: shorten(oneLine(title)),
    // None is cut off: what is left would match what the whole does not.
    labels: Object.fromEntries(entries),
  };
}

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();

function shorten(text: string): string {
  if (text === '') return 'alert';
  return text.length <= LONGEST_TITLE ? text : `${text.slice(0, LONGEST_TITLE - 2).toWellFormed()} …`;
}
