import type { en } from './en.ts';

/** The same keys in every language: a missing sentence breaks the build. */
export type Catalogue = typeof en;
