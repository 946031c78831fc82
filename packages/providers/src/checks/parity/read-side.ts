import type { HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { readSettings, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import { readCommand } from '../../commands/read-command.ts';
import type { CommandNeeds } from '../../commands/run-command.ts';
import { selectJson } from '../../http/select-json.ts';
import type { Value } from './agree.ts';
import type { Side } from './schema.ts';

const LONGEST = 1000;

/** A side's value. Throws where it could not be asked: nobody there, refused, a server's error, a program that fails. */
export async function readSide(side: Side, context: ProviderContext<CommandNeeds | 'http'>): Promise<Value> {
  if (typeof side !== 'object') return typeof side === 'string' ? valueOfText(side) : { known: side };
  if ('command' in side) return valueOfOutput(await readCommand(side.command, context));
  const { url, headers, timeout, json } = side.http;
  const response = await context.http.request({
    method: 'GET',
    url,
    headers: await readSettings(headers, context.secret),
    timeoutMs: timeout,
    signal: context.signal,
  });
  accept(response, url);
  return valueOfBody(response, json);
}

function accept({ status }: HttpResponse, url: string): void {
  if (status === 200) return;
  const said = `${new URL(url).host} answered ${status}`;
  if (status >= 500 || status === 429) throw new RetryableError(`${said}: look at its log`);
  throw new TerminalError(`${said}: only 200 is believed; check url and headers`);
}

function valueOfBody({ body, cut }: HttpResponse, path: string): Value {
  if (cut) return { unknown: 'a document that is too long to read' };
  const json = parse(body);
  if (json === undefined) return { unknown: 'a document that is not JSON' };
  const selected = selectJson(json, path);
  if ('problem' in selected) return { unknown: selected.problem };
  const [value, ...more] = selected.values;
  if (more.length > 0) return { unknown: `${more.length + 1} values at ${path}` };
  if (typeof value === 'number') return valueOfNumber(value);
  if (typeof value === 'boolean') return { known: value };
  if (typeof value === 'string') return valueOfText(value);
  return { unknown: `no text, number or truth value at ${path}` };
}

function valueOfOutput(output: string): Value {
  const text = output.trim();
  return text.includes('\n') ? { unknown: 'more than one line' } : valueOfText(text);
}

/** Beyond these, two numbers of a document may be one here. */
function valueOfNumber(value: number): Value {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? { known: value } : { unknown: 'a number too large to compare' };
}

function valueOfText(text: string): Value {
  if (text.trim() === '') return { unknown: 'nothing' };
  return text.length > LONGEST ? { unknown: `a text of more than ${LONGEST} characters` } : { known: text };
}

function parse(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return undefined;
  }
}
