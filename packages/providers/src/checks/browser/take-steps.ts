import type { EvidenceItem } from '@slipway/provider-kit';
import type { Page } from 'playwright-core';
import { expectPage } from './expectations.ts';
import { isTimeout } from './is-timeout.ts';
import type { PageConfig, StepConfig } from './schema.ts';
import { nameOf } from './schema.ts';
import type { Visit } from './visit.ts';

/** Does what a visitor does, until a step fails: the steps after that one are not taken. */
export async function takeSteps(tab: Page, page: PageConfig, visit: Visit): Promise<readonly EvidenceItem[]> {
  const items: EvidenceItem[] = [];
  for (const [index, step] of page.steps.entries()) {
    const label = `${nameOf(page)}: step ${index + 1}`;
    const found = await takeStep(tab, step, { label, visit });
    items.push(...found);
    if (found.some((item) => item.verdict !== 'pass')) break;
  }
  return items;
}

interface Taking {
  readonly label: string;
  readonly visit: Visit;
}

async function takeStep(tab: Page, step: StepConfig, { label, visit }: Taking): Promise<readonly EvidenceItem[]> {
  const { 'page-timeout': pageTimeout, 'step-timeout': timeout } = visit.config;
  if ('expect' in step) return await expectPage(tab, step.expect, { label, timeoutMs: timeout, signal: visit.signal });
  const asked = `${label}, ${shownStep(step)}`;
  try {
    if ('goto' in step) await tab.goto(new URL(step.goto, visit.origin).href, { timeout: pageTimeout });
    else if ('click' in step) await tab.locator(`css=${step.click}`).click({ timeout });
    else if ('press' in step) await tab.keyboard.press(step.press);
    else {
      const text = typeof step.with === 'string' ? step.with : (visit.typed.get(step.with) ?? '');
      await tab.locator(`css=${step.fill}`).fill(text, { timeout });
    }
    return [{ asked, found: 'done', expected: 'done', verdict: 'pass' }];
  } catch (error) {
    if (visit.signal.aborted || tab.isClosed() || !visit.browser.isConnected()) throw error;
    return [{ asked, found: stepProblem(error), expected: 'done', verdict: 'fail' }];
  }
}

/** What is typed is not shown: it may be a secret. */
function shownStep(step: Exclude<StepConfig, { readonly expect: unknown }>): string {
  if ('goto' in step) return `goto ${step.goto.replace(/[?#].*$/, '')}`;
  if ('click' in step) return `click ${step.click}`;
  return 'press' in step ? `press ${step.press}` : `fill ${step.fill}`;
}

/** The library's own message goes on for lines, with what was typed among them. */
function stepProblem(error: unknown): string {
  const text = String(error);
  if (text.includes('strict mode violation')) return 'several elements match: name one';
  if (isTimeout(error)) return 'not possible in time: not there, hidden, disabled or covered';
  if (/Unknown key/.test(text)) return 'no such key';
  return /selector|Unexpected token/i.test(text) ? 'the selector cannot be read' : 'not possible';
}
