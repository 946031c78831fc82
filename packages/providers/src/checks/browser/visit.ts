import type { EvidenceItem, SecretRef } from '@slipway/provider-kit';
import type { Browser } from 'playwright-core';
import type { Picture } from './keep-picture.ts';
import type { Problems } from './problem-list.ts';
import type { BrowserCheckConfig, PageConfig } from './schema.ts';
import type { Vitals } from './vitals-script.ts';

/** What was found of a page. */
export interface Measured extends Vitals {
  readonly consoleErrors: Problems;
  readonly failedRequests: Problems;
}

/** What all pages of a check have in common. */
export interface Visit {
  readonly browser: Browser;
  readonly config: BrowserCheckConfig;
  /** Like `https://shop.example`. */
  readonly origin: string;
  /** Where pictures are kept. */
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly typed: ReadonlyMap<SecretRef, string>;
  readonly redact: (text: string) => string;
  readonly log: (line: string) => void;
  /** What becomes of the measurements. */
  readonly judge: (page: PageConfig, measured: Measured) => readonly EvidenceItem[];
}

export interface PageReport {
  readonly name: string;
  readonly items: readonly EvidenceItem[];
  readonly measured: Measured;
  readonly picture: Picture | null;
}
