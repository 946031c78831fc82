import type { StoredEvent } from '@slipway/contract';
import { Failure } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import { eventsOfLines, eventsOfRecord, isRecord } from './record/read-events.ts';
import { parsedJson } from './read-text.ts';
import { readCsvSeries, readJsonSeries } from './series/read-series.ts';
import type { Series } from './series/series.ts';

/** What a file may hold that the judge can look at again. */
export type RecordedData =
  | { readonly is: 'record'; readonly events: readonly StoredEvent[] }
  | { readonly is: 'series'; readonly series: Series };

/** Tells by what is in it which it is: a record, events one a line, or a series as JSON or CSV. Throws Failure. */
export function recordedData(text: string, file: string, m: Messages): RecordedData {
  if (text.trim() === '') throw new Failure('wrong-input', m.judge.noData(file), [m.judge.csv.empty]);
  if (!text.trimStart().startsWith('{')) return { is: 'series', series: readCsvSeries(text, file, m) };
  const document = parsedJson(text);
  if (isRecord(document)) return { is: 'record', events: eventsOfRecord(document, file, m) };
  // More documents than one are no JSON, but may be lines of it.
  if (document === undefined || has(document, 'seq')) return { is: 'record', events: eventsOfLines(text, file, m) };
  if (has(document, 'metrics')) return { is: 'series', series: readJsonSeries(document, file, m) };
  throw new Failure('wrong-input', m.judge.noData(file));
}

function has(document: unknown, key: 'seq' | 'metrics'): boolean {
  return typeof document === 'object' && document !== null && key in document;
}
