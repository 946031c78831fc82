import { launchRecord, type StoredEvent, storedEvent } from '@slipway/contract';
import { Failure } from '../../failure.ts';
import type { Messages } from '../../messages/messages.ts';
import { parsedJson } from '../read-text.ts';

/** Whether a document is a launch's record, of this version of Slipway or another one. */
export function isRecord(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'format' in document && 'events' in document;
}

/** The events of a record as "slipway report --format json" writes it. Throws Failure. */
export function eventsOfRecord(document: unknown, file: string, { judge, failures }: Messages): readonly StoredEvent[] {
  const parsed = launchRecord.safeParse(document);
  if (parsed.success) return inOrder(parsed.data.events, file, judge);
  const isOther = parsed.error.issues.some(({ path }) => path[0] === 'format');
  throw new Failure('wrong-input', isOther ? judge.otherRecord(file) : failures.noRecord(file));
}

/** Events, one a line. Throws Failure. */
export function eventsOfLines(text: string, file: string, { judge }: Messages): readonly StoredEvent[] {
  const events = text.split('\n').flatMap((line, index): readonly StoredEvent[] => {
    if (line.trim() === '') return [];
    const parsed = storedEvent.safeParse(parsedJson(line));
    if (parsed.success) return [parsed.data];
    throw new Failure('wrong-input', judge.noData(file), [`${file}:${index + 1}: ${judge.noEvent}`]);
  });
  return inOrder(events, file, judge);
}

/** An event that is not there may hold the very looks that would tell. */
function inOrder(events: readonly StoredEvent[], file: string, judge: Messages['judge']): readonly StoredEvent[] {
  const missing = events.findIndex(({ seq }, index) => seq !== index + 1);
  if (missing >= 0) throw new Failure('wrong-input', judge.missingEvent(file, missing + 1));
  return events;
}
