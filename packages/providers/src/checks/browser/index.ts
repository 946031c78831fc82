import type { CheckProvider, CheckResult, EvidenceItem, ProviderContext, SecretRef } from '@slipway/provider-kit';
import { boundedEvidence, createRedactor, formatDuration, RetryableError, TerminalError } from '@slipway/provider-kit';
import { baselineAge, pagesOf, saveItem } from './baseline.ts';
import type { Baseline } from './baseline-form.ts';
import { readBaseline } from './baseline-store.ts';
import { findBrowser } from './find-browser.ts';
import { judgePage } from './judge-page.ts';
import { launchPrivateBrowser } from './private-browser.ts';
import type { BrowserCheckConfig } from './schema.ts';
import { browserCheckSchema } from './schema.ts';
import type { PageReport, Visit } from './visit.ts';
import { visitPage } from './visit-page.ts';

type Needs = 'dataDirectory' | 'directory' | 'secret';
type Context = ProviderContext<Needs>;

/** Visits pages of a site in a real Chromium, and measures what a visitor would notice. */
export const browserCheck: CheckProvider<BrowserCheckConfig, Needs> = {
  kind: 'check',
  name: 'browser',
  schema: browserCheckSchema,
  needs: ['dataDirectory', 'directory', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const origin = originOf(config.url);
    const typed = await readTyped(config, context);
    const before = await baselineToCompare(config, context);
    const age = before === null ? [] : [baselineAge(before, config, context.now())];
    if (age.some((item) => item.verdict !== 'pass')) return resultOf(config, origin, age);
    const executable = await findBrowser(config.browser, context.directory);
    const reports = await visitAll(executable, { config, context, origin, typed, before });
    const items = [...age, ...reports.flatMap(({ items: found }) => found), ...reports.flatMap(pictureItem)];
    const kept = await saveItem(config, reports, { items, origin, context });
    return resultOf(config, origin, [...items, ...kept]);
  },
};

function originOf(url: string): string {
  if (!URL.canParse(url)) throw new TerminalError('The url of the site is none: write one like https://shop.example');
  return new URL(url).origin;
}

/** Every secret that a step types: one that is not set is found before the browser starts. */
async function readTyped(config: BrowserCheckConfig, { secret }: Context): Promise<ReadonlyMap<SecretRef, string>> {
  const typed = new Map<SecretRef, string>();
  for (const step of config.pages.flatMap(({ steps }) => steps)) {
    if ('fill' in step && typeof step.with !== 'string') typed.set(step.with, await secret(step.with));
  }
  return typed;
}

async function baselineToCompare({ baseline }: BrowserCheckConfig, context: Context): Promise<Baseline | null> {
  if (baseline === undefined || !('compare' in baseline)) return null;
  return await readBaseline(context.dataDirectory, baseline.compare);
}

interface Asking {
  readonly config: BrowserCheckConfig;
  readonly context: Context;
  readonly origin: string;
  readonly typed: ReadonlyMap<SecretRef, string>;
  readonly before: Baseline | null;
}

async function visitAll(executable: string, asking: Asking): Promise<readonly PageReport[]> {
  const { config, context } = asking;
  const late = AbortSignal.timeout(config.timeout);
  const signal = AbortSignal.any([context.signal, late]);
  try {
    await using started = await launchPrivateBrowser(executable, signal);
    const visit = visitOf(asking, { browser: started.browser, signal });
    const reports: PageReport[] = [];
    // One after the other: pages that load at the same time would slow each other down.
    for (const page of config.pages) reports.push(await visitPage(page, visit));
    signal.throwIfAborted();
    return reports;
  } catch (error) {
    context.signal.throwIfAborted();
    const took = formatDuration(config.timeout);
    if (late.aborted) throw new RetryableError(`The browser had not visited all pages after ${took} and was ended`);
    if (error instanceof RetryableError || error instanceof TerminalError) throw error;
    throw new RetryableError('The browser ended, or gave up on a page, before all pages were visited');
  }
}

function visitOf(asking: Asking, { browser, signal }: Pick<Visit, 'browser' | 'signal'>): Visit {
  const { config, context, origin, typed, before } = asking;
  const redactor = createRedactor();
  for (const value of typed.values()) redactor.add(value);
  const pages = before === null ? null : pagesOf(before);
  return {
    browser,
    signal,
    config,
    origin,
    typed,
    directory: context.dataDirectory,
    redact: (text) => redactor.redact(text),
    log: context.log,
    judge: (page, measured) => judgePage(page, measured, { config, before: pages }),
  };
}

function pictureItem({ name, picture }: PageReport): readonly EvidenceItem[] {
  if (picture === null) return [];
  const found = `${picture.name}, SHA-256 ${picture.sha256}`;
  return [{ asked: `${name}: screenshot`, found, expected: 'kept', verdict: 'pass' }];
}

function resultOf({ pages }: BrowserCheckConfig, origin: string, items: readonly EvidenceItem[]): CheckResult {
  const wrong = items.find((item) => item.verdict !== 'pass');
  const summary =
    wrong === undefined
      ? `${pages.length} ${pages.length === 1 ? 'page' : 'pages'} of ${origin} ${pages.length === 1 ? 'is' : 'are'} as it should be in a browser`
      : `${origin} is not as it should be in a browser: ${wrong.asked} is ${wrong.found}, expected ${wrong.expected}`;
  const verdict = wrong === undefined ? 'pass' : 'fail';
  return { verdict, evidence: boundedEvidence(summary.replaceAll(/\s+/g, ' '), items) };
}
