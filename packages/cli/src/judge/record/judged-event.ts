import type { StoredEvent } from '@slipway/contract';
import { z } from 'zod';
import {
  keptState,
  type RecordedLooks,
  recordedLooks,
  type RecordedVerdict,
  recordedVerdict,
} from './recorded-looks.ts';
import { type RecordedPlan, recordedPlan } from './recorded-plan.ts';

/** What an event says of the comparison of versions. */
export type JudgedEvent =
  | { readonly is: 'plan'; readonly plan: RecordedPlan }
  | { readonly is: 'note'; readonly effect: string; readonly kept: RecordedLooks }
  | {
      readonly is: 'verdict';
      readonly effect: string;
      readonly verdict: RecordedVerdict;
      readonly kept: RecordedLooks;
    };

/** An event is not in the shape that this version knows. */
export class StrangeEvent extends Error {
  /** Number of the event, and what in it. */
  readonly place: string;

  constructor(seq: number, issue: z.core.$ZodIssue | undefined) {
    const path = (issue?.path ?? []).map(String).join('.');
    super(`event ${seq} ${path}`);
    this.name = 'StrangeEvent';
    this.place = `${seq}: ${path}`;
  }
}

const effect = z.string().max(1_000);
const something = z.unknown().refine((value) => value !== undefined && value !== null);
const started = z.object({ plan: recordedPlan });
const anyNote = z.object({ note: z.object({ comparison: something }) });
const noted = z.object({ effect, note: z.object({ comparison: keptState }), record: recordedLooks });
const anyVerdict = z.object({
  outcome: z.object({
    data: z.object({ kind: z.literal('verdict'), analysis: something }),
  }),
});
const settled = z.object({
  effect,
  outcome: z.object({ data: z.object({ verdict: recordedVerdict, analysis: keptState, record: recordedLooks }) }),
});

/** null: it says nothing of it. Throws StrangeEvent. */
export function judgedEvent({ seq, event }: StoredEvent): JudgedEvent | null {
  const read = <T>(schema: z.ZodType<T>): T => {
    // Another format of an event has other fields, or other meanings of them.
    const isFirstFormat = event['v'] === undefined;
    const parsed = schema.safeParse(event);
    if (parsed.success && isFirstFormat) return parsed.data;
    throw new StrangeEvent(seq, parsed.error?.issues[0] ?? { code: 'custom', path: ['v'], message: '', input: event });
  };
  switch (event.type) {
    case 'launch-started':
      return { is: 'plan', plan: read(started).plan };
    case 'effect-noted': {
      if (!anyNote.safeParse(event).success) return null;
      const { effect: id, note, record } = read(noted);
      return { is: 'note', effect: id, kept: { ...note.comparison, ...record } };
    }
    case 'effect-settled': {
      if (!anyVerdict.safeParse(event).success) return null;
      const { effect: id, outcome } = read(settled);
      const { verdict, analysis, record } = outcome.data;
      return { is: 'verdict', effect: id, verdict, kept: { ...analysis, ...record } };
    }
  }
  return null;
}
