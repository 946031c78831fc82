import { Failure } from '../../failure.ts';
import type { Messages } from '../../messages/messages.ts';
import { MOST_PROBLEMS } from '../most-problems.ts';
import type { Series } from './series.ts';
import { seriesOfCsv } from './series-of-csv.ts';
import { seriesFile, seriesOfJson } from './series-of-json.ts';

/** Throws Failure with what is wrong and where. */
export function readJsonSeries(document: unknown, file: string, { judge }: Messages): Series {
  const parsed = seriesFile.safeParse(document);
  if (parsed.success) return seriesOfJson(parsed.data);
  const problems = parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  throw new Failure('wrong-input', judge.noSeries(file), problems.slice(0, MOST_PROBLEMS));
}

/** Throws Failure with the lines that are wrong. */
export function readCsvSeries(text: string, file: string, m: Messages): Series {
  const { series, problems } = seriesOfCsv(text, m);
  if (problems.length === 0) return series;
  const lines = problems.slice(0, MOST_PROBLEMS).map(({ line, words }) => `${file}:${line}: ${words}`);
  throw new Failure('wrong-input', m.judge.noSeries(file), lines);
}
