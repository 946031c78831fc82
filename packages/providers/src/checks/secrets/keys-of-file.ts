import { parseEnv } from 'node:util';
import { TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';

const MAX_BYTES = 1_000_000;

/** The keys of a file that have a value that is not empty; null where there is no file. Nothing of a value leaves this file. */
export async function keysOfFile(path: string): Promise<ReadonlySet<string> | null> {
  const text = await readBoundedFile(path, MAX_BYTES);
  if (text === null) return null;
  const values = Object.entries(path.endsWith('.json') ? objectOf(text, path) : parseEnv(text));
  return new Set(values.filter(([, value]) => value !== '' && value !== null).map(([key]) => key));
}

function objectOf(text: string, path: string): object {
  const json = parse(text);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw new TerminalError(`${path} holds no JSON object: its keys are to be the names`);
}

// The parser's own message would quote the text.
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
