import { resolve } from 'node:path';
import type { CheckProvider, CheckResult, EvidenceItem, ProviderContext, Redactor } from '@slipway/provider-kit';
import { boundedEvidence, createRedactor, readSettings, RetryableError, TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import { checkNames } from './check-names.ts';
import { createCookieJar } from './cookie-jar.ts';
import { readSuite } from './read-suite.ts';
import { namedHosts } from './resolve-url.ts';
import type { SuiteOutcome } from './run-suite.ts';
import { runSuite } from './run-suite.ts';
import type { HttpSuiteConfig } from './schema.ts';
import { httpSuiteSchema, knownNames } from './schema.ts';
import { cut, isConfidential } from './show.ts';
import type { Suite } from './suite-schema.ts';
import type { Scalar } from './template.ts';

const MAX_FILE_BYTES = 200_000;

type Needs = 'directory' | 'http' | 'secret';
type Context = ProviderContext<Needs>;

/** Asks HTTP requests in order, with values captured from the answers. No answer at all is an error, not a fail. */
export const httpSuiteCheck: CheckProvider<HttpSuiteConfig, Needs> = {
  kind: 'check',
  name: 'http-suite',
  schema: httpSuiteSchema,
  needs: ['directory', 'http', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const { base, requests } = await suiteOf(config, context);
    const redactor = createRedactor();
    const variables = await variablesOf(config, base, { context, redactor });
    const outcome = await runSuite(requests, variables, {
      http: context.http,
      jar: createCookieJar(),
      hosts: namedHosts(requests, variables, config.hosts),
      now: context.now,
      signal: context.signal,
      hide: (value) => void redactor.add(value),
    });
    return resultOf(requests.length, outcome, redactor);
  },
};

async function suiteOf(config: HttpSuiteConfig, context: Context): Promise<Suite> {
  const { file, requests, base } = config;
  if (file === undefined) return { base, requests: requests ?? [] };
  const text = await readBoundedFile(resolve(context.directory, file), MAX_FILE_BYTES);
  if (text === null) throw new TerminalError(`${file} does not exist: write the requests there, or name another file`);
  const { suite, refuse } = readSuite(file, text);
  const whole = { ...suite, base: base ?? suite.base };
  const problems = checkNames(whole.requests, knownNames({ base: whole.base, with: config.with }));
  if (problems.length > 0) throw refuse(problems);
  return whole;
}

async function variablesOf(
  config: HttpSuiteConfig,
  base: string | undefined,
  { context, redactor }: { readonly context: Context; readonly redactor: Redactor },
): Promise<ReadonlyMap<string, Scalar>> {
  const values = await readSettings(config.with, async (ref) => {
    const secret = await context.secret(ref);
    // A secret that cannot be kept out of the evidence must not be put to use.
    if (!redactor.add(secret))
      throw new TerminalError('a secret of `with` is too short to be kept out of the evidence');
    return secret;
  });
  for (const [name, value] of Object.entries(values)) if (isConfidential(name)) redactor.add(value);
  const own: [string, Scalar][] = base === undefined ? [] : [['base', base.replace(/\/+$/, '')]];
  return new Map([...Object.entries(values), ...own]);
}

function resultOf(count: number, outcome: SuiteOutcome, redactor: Redactor): CheckResult {
  const items = outcome.items.map((item) => redacted(item, redactor));
  const wrong = items.filter((item) => item.verdict !== 'pass');
  // What was not answered, and what hangs on it, is no "no".
  const hasAnswerThatIsWrong = wrong.length > outcome.errors.length + outcome.notAsked;
  const [silent] = outcome.errors;
  if (!hasAnswerThatIsWrong && silent !== undefined) throw errorOf(silent, redactor);
  const summary = summaryOf(count, outcome, items);
  return { verdict: wrong.length === 0 ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
}

/** First without secrets, then short: what is cut through a secret would leave a part of it. */
function redacted(item: EvidenceItem, redactor: Redactor): EvidenceItem {
  const { asked, found, expected } = item;
  const shown = (text: string): string => cut(redactor.redact(text));
  return { ...item, asked: redactor.redact(asked), found: shown(found), expected: shown(expected) };
}

function errorOf({ request, error }: SuiteOutcome['errors'][number], redactor: Redactor): Error {
  const message = oneLine(redactor.redact(`${request}: ${error.message}`));
  if (error instanceof TerminalError) return new TerminalError(message);
  return new RetryableError(message, error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs });
}

function summaryOf(count: number, { notAsked }: SuiteOutcome, items: readonly EvidenceItem[]): string {
  const first = items.find((item) => item.verdict !== 'pass');
  if (first === undefined) return `all ${count} requests are answered as expected (${items.length} conditions hold)`;
  const rest = notAsked === 0 ? '' : `; ${notAsked} of ${count} requests were not asked`;
  return oneLine(`${first.asked} is ${first.found}, expected ${first.expected}`.slice(0, 800)) + rest;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 1000).toWellFormed();
