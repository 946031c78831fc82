import type { ProviderUse } from '../model/provider-use.ts';
import { asMap, type Draft, stepsOf } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import { listWords } from '../text/list-words.ts';

/** What is judged per visitor needs a router that knows its visitors by a cookie: behind any other it would be held for want of figures. */
export function lintVisitors(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOf(draft)) {
    if (authored?.kind !== 'soak' && authored?.kind !== 'rollout') continue;
    const { judge = [] } = authored.step;
    const place = authored.kind === 'soak' ? authored.step.soak : authored.step.rollout;
    const router = draft.environments.get(place)?.router;
    if (router === undefined || router === null || recognises(draft, router)) continue;
    const names: readonly string[] = Array.isArray(judge) ? judge : Object.keys(judge);
    for (const [index, name] of names.entries()) {
      if (!isPerVisitor(draft.metrics.get(name))) continue;
      const message = `"${name}" is counted per visitor, and the router "${router.provider}" of "${place}" knows none`;
      const report = Array.isArray(judge) ? reportValue : reportKey;
      report(findings, [...path, 'judge', Array.isArray(judge) ? index : name], {
        message,
        expected: expectedIn(draft),
      });
    }
  }
}

function isPerVisitor(source: ProviderUse | null | undefined): boolean {
  return source?.provider === 'router' && asMap(source.config)?.['per'] === 'visitor';
}

function recognises({ language }: Draft, { provider, config }: ProviderUse): boolean {
  if (language.catalogue.routers[provider]?.tellsVisitors !== true) return false;
  return asMap(asMap(config)?.['sticky'])?.['cookie'] !== undefined;
}

function expectedIn({ language }: Draft): string {
  const { routers } = language.catalogue;
  const able = Object.keys(routers).filter((name) => routers[name]?.tellsVisitors === true);
  return able.length === 0
    ? 'per: request'
    : `the router ${listWords(able, 'or')} with sticky: { cookie: NAME }, or per: request`;
}
