import type { PlanJson, ProviderUse } from '../model/provider-use.ts';
import { PROVIDER_WORDS } from '../schema/catalogue.ts';
import type { ProviderTable } from '../schema/catalogue.ts';
import type { PlanLanguage } from '../schema/language.ts';
import { checkTemplate } from '../template/check-template.ts';
import { renderConfig } from '../template/render-config.ts';
import { CONFIG_VARIABLES } from '../template/variables.ts';
import type { ConfigVariables } from '../template/variables.ts';
import { listWords } from '../text/list-words.ts';
import { didYouMean } from '../text/nearest.ts';
import { checkValue } from './check-value.ts';
import { asMap } from './draft.ts';
import { reportInside, reportKey, reportValue } from './findings.ts';
import type { Findings } from './findings.ts';
import { labelOf, shorten } from './path.ts';
import type { Path } from './path.ts';

/** What the parts of one plan are checked with. */
export interface Checking {
  readonly findings: Findings;
  readonly language: PlanLanguage;
  /** Stand-ins where the real values are only known at start. */
  readonly variables: ConfigVariables;
}

/** Where a provider's configuration stands, and which provider it is for. */
export interface UseAt {
  readonly table: ProviderTable;
  readonly provider: string;
  readonly path: Path;
  readonly config: PlanJson;
}

/** A map with exactly one key, the provider's name: `{ slack: { ... } }`. Null where anything is wrong with it. */
export function checkNamedUse(
  checking: Checking,
  table: ProviderTable,
  path: Path,
  value: PlanJson | undefined,
): ProviderUse | null {
  const known = Object.keys(checking.language.catalogue[table]);
  const expected = `exactly one of ${listWords(known, 'or')} with its settings`;
  const map = asMap(value);
  const names = map === null ? [] : Object.keys(map);
  for (const name of names.filter((candidate) => !known.includes(candidate))) {
    reportUnknownProvider(checking, table, [...path, name]);
  }
  const [provider, second] = names.filter((name) => known.includes(name));
  if (map === null || (provider === undefined && names.length === 0)) {
    reportValue(checking.findings, path, { message: `${labelOf(path)} names no ${PROVIDER_WORDS[table]}`, expected });
    return null;
  }
  if (second !== undefined) {
    reportKey(checking.findings, [...path, second], {
      message: `${labelOf(path)} names two: ${provider} and ${second}`,
      expected,
    });
    return null;
  }
  if (provider === undefined) return null;
  const use = checkUse(checking, { table, provider, path: [...path, provider], config: map[provider] ?? null });
  return names.length === 1 ? use : null;
}

function reportUnknownProvider(checking: Checking, table: ProviderTable, path: Path): void {
  const known = Object.keys(checking.language.catalogue[table]);
  const name = String(path.at(-1));
  const hint = didYouMean(name, known);
  const rest = hint === '' ? `, only ${listWords(known, 'and')}` : hint;
  reportKey(checking.findings, path, { message: `there is no ${PROVIDER_WORDS[table]} "${shorten(name)}"${rest}` });
}

/** Checks a configuration against its provider's schema, templates rendered. The use keeps it as written. */
export function checkUse(checking: Checking, at: UseAt): ProviderUse | null {
  const entry = checking.language.catalogue[at.table][at.provider];
  if (entry === undefined) return null;
  const before = checking.findings.errors;
  checkTemplates(checking.findings, at.path, at.config);
  if (checking.findings.errors > before) return null;
  const rendered = renderConfig(at.config, checking.variables);
  if (!rendered.ok) {
    reportValue(checking.findings, [...at.path, ...rendered.path], { message: rendered.reason });
    return null;
  }
  const { path } = at;
  const valid = checkValue(checking.findings, { path, value: rendered.value, schema: entry.schema, quote: false });
  // A schema may turn a valid value into null, so the problems decide.
  return valid === null && checking.findings.errors > before ? null : { provider: at.provider, config: at.config };
}

/** Checks every text inside as a template over what is known at start. */
export function checkTemplates(findings: Findings, path: Path, value: PlanJson): void {
  if (typeof value === 'string') {
    for (const { reason, spot } of checkTemplate(value, CONFIG_VARIABLES)) {
      reportInside(findings, path, { spot, said: { message: reason } });
    }
    return;
  }
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkTemplates(findings, [...path, index], item as PlanJson);
    return;
  }
  for (const [key, item] of Object.entries(value)) checkTemplates(findings, [...path, key], item as PlanJson);
}
