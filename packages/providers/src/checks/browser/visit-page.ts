import { setTimeout as sleep } from 'node:timers/promises';
import type { EvidenceItem } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Page, Response } from 'playwright-core';
import { expectPage } from './expectations.ts';
import { isTimeout } from './is-timeout.ts';
import type { Picture } from './keep-picture.ts';
import { keepPicture } from './keep-picture.ts';
import { ProblemList } from './problem-list.ts';
import type { BrowserCheckConfig, PageConfig } from './schema.ts';
import { nameOf } from './schema.ts';
import { takeSteps } from './take-steps.ts';
import type { Visit, PageReport } from './visit.ts';
import type { Vitals } from './vitals-script.ts';
import { readVitals, VITALS_SCRIPT } from './vitals-script.ts';
import type { PageWatch } from './watch-page.ts';
import { watchPage } from './watch-page.ts';

const PICTURE_MS = 10_000;
const POLL_MS = 100;
/** Rendered twice since: what the last frame painted has been reported. */
const TWO_FRAMES = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))))';

/** Visits one page as a new visitor does: no cookie, no cache, no storage. Rejects with RetryableError or TerminalError where it does not load. */
export async function visitPage(page: PageConfig, visit: Visit): Promise<PageReport> {
  const context = await visit.browser.newContext({ acceptDownloads: false });
  try {
    const tab = await context.newPage();
    await context.addInitScript({ content: VITALS_SCRIPT });
    const watch = watchPage(tab, () => new ProblemList(visit.origin, visit.redact));
    return await reportOf(tab, page, { visit, watch });
  } finally {
    await context.close().catch(() => undefined);
  }
}

interface Visiting {
  readonly visit: Visit;
  readonly watch: PageWatch;
}

async function reportOf(tab: Page, page: PageConfig, { visit, watch }: Visiting): Promise<PageReport> {
  const name = nameOf(page);
  const { config, signal } = visit;
  const loaded = statusItem(name, await open(tab, page, { visit, watch }));
  const before = await paintedVitals(tab, page, visit);
  const waiting = { label: name, timeoutMs: config['step-timeout'], signal };
  const expected = page.expect === undefined ? [] : await expectPage(tab, page.expect, waiting);
  const steps = await takeSteps(tab, page, visit);
  // LCP ends with the first input. Shifts go on, be it in this document or in the next.
  const after = page.steps.length === 0 ? before : await settledVitals(tab, visit);
  const cls = before.cls === null || after.cls === null ? null : Math.max(before.cls, after.cls);
  await expectStillThere(tab, name, { visit, watch });
  const { consoleErrors, failedRequests } = watch;
  const measured = { lcp: before.lcp, cls, consoleErrors, failedRequests };
  const items = [loaded, ...expected, ...steps, ...visit.judge(page, measured)];
  const failed = items.some((item) => item.verdict !== 'pass');
  const picture = failed || config.screenshot === 'always' ? await pictureOf(tab, page, visit) : null;
  visit.log(`${name}: ${failed ? 'not as it should be' : 'as it should be'}`);
  return { name, items, measured, picture };
}

async function open(tab: Page, page: PageConfig, { visit, watch }: Visiting): Promise<Response | null> {
  const { config, origin } = visit;
  try {
    return await tab.goto(new URL(page.path, origin).href, { waitUntil: 'load', timeout: config['page-timeout'] });
  } catch (error) {
    // An error without a body: the browser shows a page of its own, but there was an answer.
    if (String(error).includes('ERR_HTTP_RESPONSE_CODE_FAILURE')) return watch.document;
    throw openProblem(`${nameOf(page)} on ${origin}`, error);
  }
}

function openProblem(what: string, error: unknown): Error {
  if (isTimeout(error)) return new RetryableError(`${what} did not load in time`);
  const [code = 'the browser gave up'] = /ERR_[A-Z0-9_]+/.exec(String(error)) ?? [];
  const isDownload = code === 'ERR_ABORTED' || String(error).includes('Download is starting');
  if (isDownload) return new TerminalError(`${what} is no page: a download, or an answer without content`);
  if (code.startsWith('ERR_CERT'))
    return new TerminalError(`${what} has a certificate that cannot be trusted (${code})`);
  return new RetryableError(`${what} could not be opened (${code})`);
}

function statusItem(name: string, response: Response | null): EvidenceItem {
  const item = { asked: `${name}: status`, expected: 'below 400' };
  if (response === null) return { ...item, found: 'no answer of its own', verdict: 'unknown' };
  return { ...item, found: String(response.status()), verdict: response.status() < 400 ? 'pass' : 'fail' };
}

/** A document that gives way to the next while it is asked has measured nothing. */
async function settledVitals(tab: Page, { config, signal }: Visit): Promise<Vitals> {
  await sleep(config.settle, undefined, { signal });
  return await vitalsNow(tab, signal);
}

/** On a machine with much to do the paint of a page that has loaded long ago may still be to come. */
async function paintedVitals(tab: Page, page: PageConfig, visit: Visit): Promise<Vitals> {
  const deadline = performance.now() + visit.config['step-timeout'];
  const isWanted = isLcpWanted(page, visit.config);
  let found = await settledVitals(tab, visit);
  while (isWanted && found.lcp === null && performance.now() < deadline) {
    await sleep(POLL_MS, undefined, { signal: visit.signal });
    found = await vitalsNow(tab, visit.signal);
  }
  return found;
}

const isLcpWanted = ({ limits: own }: PageConfig, { baseline, limits }: BrowserCheckConfig): boolean =>
  baseline !== undefined || limits.lcp !== undefined || own?.lcp !== undefined;

async function vitalsNow(tab: Page, signal: AbortSignal): Promise<Vitals> {
  try {
    await tab.evaluate(TWO_FRAMES);
    return await readVitals(tab);
  } catch {
    signal.throwIfAborted();
    return { lcp: null, cls: null };
  }
}

/** What a page left unanswered because it is not there any more is not what it would have answered. */
async function expectStillThere(tab: Page, name: string, { watch }: Visiting): Promise<void> {
  // Rejects where the browser is gone.
  await tab.context().cookies();
  if (watch.crashed) throw new RetryableError(`${name} crashed in the browser`);
  if (tab.isClosed()) throw new RetryableError(`${name} closed itself`);
}

/** Not every field shows dots for what is typed into it. */
const secretFields = ({ steps }: PageConfig): readonly string[] =>
  steps.flatMap((step) => ('fill' in step && typeof step.with !== 'string' ? [step.fill] : []));

/** A page that cannot be pictured may be as it should be for all that. */
async function pictureOf(tab: Page, page: PageConfig, { config, directory, log }: Visit): Promise<Picture | null> {
  if (config.screenshot === 'never') return null;
  try {
    const mask = secretFields(page).map((selector) => tab.locator(`css=${selector}`));
    return await keepPicture(await tab.screenshot({ type: 'png', timeout: PICTURE_MS, mask }), directory);
  } catch {
    log('no picture of the page could be kept');
    return null;
  }
}
