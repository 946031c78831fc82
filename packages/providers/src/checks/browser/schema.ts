import { duration, setting } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestUrl } from '../../http/http-keys.ts';

const selector = z.string().min(1).max(1000);

const expectation = z
  .strictObject({
    title: z.string().min(1).max(1000).optional().describe("Text in the page's title. Example: Checkout."),
    text: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('Text that can be seen on the page; line breaks count as spaces. Example: Add to basket.'),
    selector: selector.optional().describe('CSS selector of an element that can be seen. Example: "#buy".'),
  })
  .refine((given) => Object.keys(given).length > 0, { error: 'give at least one of title, text, selector' });

const step = z.union(
  [
    z.strictObject({ goto: path() }),
    z.strictObject({ click: selector.describe('CSS selector of the one element to click. Example: "#buy".') }),
    z.strictObject({
      fill: selector.describe('CSS selector of the one field to fill. Example: "input[name=email]".'),
      with: setting().describe('The text, or the name of a secret. Example: {env: SMOKE_PASSWORD}.'),
    }),
    z.strictObject({
      press: z.string().min(1).max(50).describe('Key to press where the focus is. Example: Enter.'),
    }),
    z.strictObject({ expect: expectation.describe('What must be there now. Example: {text: Thank you}.') }),
  ],
  { error: 'write one of goto, click, fill with with, press, expect' },
);

const limits = z.strictObject({
  lcp: duration({ min: 1 })
    .optional()
    .describe('Largest contentful paint, at most. Default: no limit. Example: 2500ms.'),
  cls: z.number().min(0).optional().describe('Cumulative layout shift, at most. Default: no limit. Example: 0.1.'),
  'console-errors': z
    .int()
    .min(0)
    .optional()
    .describe(
      'Errors on the console and exceptions that nothing caught, at most. Default: 0; no limit with a baseline. Example: 2.',
    ),
  'failed-requests': z
    .int()
    .min(0)
    .optional()
    .describe(
      'Requests without an answer or with a status of 400 and more, at most. Default: 0; no limit with a baseline. Example: 1.',
    ),
});

const page = z.strictObject({
  path: path(),
  name: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('What evidence and baseline call it. Default: the path. Example: a purchase.'),
  expect: expectation
    .optional()
    .describe('What must be there before the steps. Default: nothing. Example: {title: Shop, selector: "#basket"}.'),
  steps: z
    .array(step)
    .max(50)
    .default([])
    .describe('What a visitor does then, in this order. Example: [{click: "#buy"}, {expect: {text: Thank you}}].'),
  limits: limits
    .optional()
    .describe('Limits of this page alone, each in place of the general one. Example: {lcp: 4s}.'),
});

const baselineName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, { error: 'write small letters, digits, dots and dashes, like shop-2.4' });

const baseline = z.union(
  [
    z.strictObject({
      save: baselineName.describe(
        'Keep what is found under this name, in place of what was there, once all the rest holds; the newest 500 are kept. Example: shop.',
      ),
    }),
    z.strictObject({
      compare: baselineName.describe(
        'Compare with what was kept under this name: only console errors and failed requests that it has not fail. Example: shop.',
      ),
      'max-age': duration({ min: 1 }).prefault('7d').describe('How old it may be. Example: 72h.'),
      worse: z
        .number()
        .min(1)
        .max(10)
        .default(1.2)
        .describe('How many times its LCP and CLS the page may have. Example: 1.5.'),
      'lcp-slack': duration()
        .prefault('100ms')
        .describe('By how much LCP may grow in any case: small times differ by themselves. Example: 50ms.'),
      'cls-slack': z
        .number()
        .min(0)
        .default(0.02)
        .describe('By how much CLS may grow in any case: it may be 0 in the baseline. Example: 0.'),
    }),
  ],
  { error: 'write {save: NAME}, or {compare: NAME} with max-age, worse, lcp-slack or cls-slack' },
);

export const browserCheckSchema = z
  .strictObject({
    url: requestUrl('https://staging.example.com').describe(
      'The site; pages are on this host. Example: https://staging.shop.example.',
    ),
    pages: z
      .array(page)
      .min(1)
      .max(20)
      .refine((pages) => new Set(pages.map(nameOf)).size === pages.length, {
        error: 'give pages of the same path different names',
      })
      .describe(
        'Pages to visit, each with cookies and storage of its own. Example: [{path: /, expect: {title: Shop}}, {path: /cart}].',
      ),
    limits: limits
      .default({})
      .describe(
        'What each page is held to. Default: no console error and no failed request. Example: {lcp: 3s, cls: 0.1}.',
      ),
    baseline: baseline
      .optional()
      .describe(
        'Keep what is found, at T-0 on the version before, or compare with it. Default: neither. Example: {compare: shop}.',
      ),
    settle: duration({ max: 60_000 })
      .prefault('2s')
      .describe('How long a page is watched after it loaded, and after its last step. Example: 5s.'),
    'page-timeout': duration({ min: 1 }).prefault('30s').describe('How long a page may take to load. Example: 10s.'),
    'step-timeout': duration({ min: 1 })
      .prefault('10s')
      .describe('How long each step, and what is expected, may take to come about. Example: 5s.'),
    timeout: duration({ min: 1, max: 3_600_000 })
      .prefault('5m')
      .describe('How long all of it may take before the browser is ended. Example: 2m.'),
    screenshot: z
      .enum(['always', 'on-failure', 'never'])
      .default('always')
      .describe(
        'When a picture of each page at its end is kept, without the fields that a secret was typed into; the newest 1,000 are. Example: on-failure.',
      ),
    browser: z
      .string()
      .min(1)
      .optional()
      .describe(
        "The program of a Chromium or Chrome, relative to the launch plan's folder. Default: the machine's. Example: /opt/chromium/chrome.",
      ),
  })
  .describe('A smoke test in a real Chromium: pages, steps, LCP, CLS, console errors, failed requests, baseline.');

export type BrowserCheckConfig = z.infer<typeof browserCheckSchema>;
export type PageConfig = z.infer<typeof page>;
export type StepConfig = z.infer<typeof step>;
export type Expectation = z.infer<typeof expectation>;
export type Limits = z.infer<typeof limits>;
export type CompareConfig = Extract<BrowserCheckConfig['baseline'], { readonly compare: string }>;

/** What a page is called. */
export function nameOf({ name, path: own }: Pick<PageConfig, 'name' | 'path'>): string {
  return name ?? own;
}

function path() {
  return z
    .string()
    .max(2000)
    .regex(/^\/(?![/\\])/, { error: 'write a path like /cart' })
    .describe('Path, with a query if need be. Example: /cart.');
}
