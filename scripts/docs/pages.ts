import { apiPage } from './api.ts';
import { commandLinePage } from './command-line.ts';
import { FIGURES, figuresPage, FLAG_FIGURES, JUDGE_FIGURES, PLAN_FIGURES } from './figures.ts';
import { flagFilePage } from './flag-file.ts';
import { judgeKayentaPage } from './judge-kayenta.ts';
import { judgePlot } from './judge-plot.ts';
import { launchFilePage } from './launch-file.ts';
import { providersPage } from './providers.ts';

/** The generated pages by where they lie. */
export const PAGES: Readonly<Record<string, () => Promise<string>>> = {
  'docs/explanation/figures.md': () => figuresPage(FIGURES),
  'docs/explanation/flag-figures.md': () => figuresPage(FLAG_FIGURES),
  'docs/explanation/judge-figures.md': () => figuresPage(JUDGE_FIGURES),
  'docs/explanation/plan-figures.md': () => figuresPage(PLAN_FIGURES),
  'docs/explanation/judge-figures.svg': judgePlot,
  'docs/explanation/judge-kayenta.md': judgeKayentaPage,
  'docs/reference/api.md': apiPage,
  'docs/reference/command-line.md': commandLinePage,
  'docs/reference/flag-file.md': flagFilePage,
  'docs/reference/launch-file.md': launchFilePage,
  'docs/reference/providers.md': providersPage,
};
