import { setTimeout as sleep } from 'node:timers/promises';
import type { EvidenceItem } from '@slipway/provider-kit';
import type { Page } from 'playwright-core';
import { shownProblem } from './problem-key.ts';
import type { Expectation } from './schema.ts';

const POLL_MS = 100;

export interface Waiting {
  /** What the items begin with. */
  readonly label: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Waits until a page is as it should be, at most so long; one item for each part of the expectation. */
export async function expectPage(page: Page, wanted: Expectation, waiting: Waiting): Promise<readonly EvidenceItem[]> {
  const deadline = performance.now() + waiting.timeoutMs;
  for (;;) {
    const items = await lookAt(page, wanted, waiting.label);
    if (items.every((item) => item.verdict === 'pass') || performance.now() >= deadline) return items;
    await sleep(POLL_MS, undefined, { signal: waiting.signal });
  }
}

async function lookAt(page: Page, wanted: Expectation, label: string): Promise<readonly EvidenceItem[]> {
  const items: EvidenceItem[] = [];
  if (wanted.title !== undefined) {
    const { title } = wanted;
    const found = await unlessLeaving(page, async () => await page.title());
    const verdict = found?.includes(title) === true ? 'pass' : 'fail';
    const shown = found === null ? 'another page is loading' : JSON.stringify(shownProblem(found));
    items.push({ asked: `${label}: title`, found: shown, expected: `has ${JSON.stringify(title)}`, verdict });
  }
  if (wanted.text !== undefined) {
    const text = wanted.text.replaceAll(/\s+/g, ' ').trim();
    const seen = await unlessLeaving(page, async () => await page.evaluate(textScript(text)));
    items.push(presence(`${label}: text ${JSON.stringify(text)}`, seen === true));
  }
  if (wanted.selector !== undefined) {
    const { selector } = wanted;
    const element = page.locator(`css=${selector}`).filter({ visible: true });
    const count = await unlessLeaving(page, async () => await element.count());
    items.push(presence(`${label}: element ${selector}`, (count ?? 0) > 0));
  }
  return items;
}

/** What is in the page is looked through there: a text of many megabytes stays where it is. */
const textScript = (text: string): string =>
  `(document.body?.innerText ?? '').replaceAll(/\\s+/g, ' ').includes(${JSON.stringify(text)})`;

function presence(asked: string, there: boolean): EvidenceItem {
  return { asked, found: there ? 'there' : 'not there', expected: 'there', verdict: there ? 'pass' : 'fail' };
}

/** Null while one document gives way to the next, or where the question itself cannot be put. */
async function unlessLeaving<T>(page: Page, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (page.isClosed() || page.context().browser()?.isConnected() !== true) throw error;
    return null;
  }
}
