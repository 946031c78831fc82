import { apiPage } from './api.ts';
import { commandLinePage } from './command-line.ts';
import { figuresPage } from './figures.ts';
import { launchFilePage } from './launch-file.ts';
import { providersPage } from './providers.ts';

/** The generated pages by where they lie. */
export const PAGES: Readonly<Record<string, () => Promise<string>>> = {
  'docs/explanation/figures.md': figuresPage,
  'docs/reference/api.md': apiPage,
  'docs/reference/command-line.md': commandLinePage,
  'docs/reference/launch-file.md': launchFilePage,
  'docs/reference/providers.md': providersPage,
};
