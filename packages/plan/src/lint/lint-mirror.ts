import type { AuthoredOf, Draft } from '../parse/draft.ts';
import { reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { mirroring, SAFE_METHODS } from '../resolve/mirroring.ts';
import { listWords } from '../text/list-words.ts';

type Rollout = AuthoredOf<'rollout'>['step'];

/** Where a step stands, and in which plan. */
export interface Place {
  readonly path: Path;
  readonly draft: Draft;
}

/** Only a dark launch copies requests, only some routers can, and copies of what changes something change it twice. */
export function lintMirror(findings: Findings, place: Place, step: Rollout): void {
  const { path } = place;
  if (step.strategy !== 'dark-launch') {
    if (step.mirror === undefined) return;
    const message = `a ${step.strategy} rollout copies no requests, so it has no "mirror"`;
    reportKey(findings, [...path, 'mirror'], { message, expected: 'strategy: dark-launch' });
    return;
  }
  lintRouter(findings, place, step);
  lintMethods(findings, path, step);
  lintIgnored(findings, path, step);
}

function lintRouter(findings: Findings, { path, draft }: Place, { rollout }: Rollout): void {
  const router = draft.environments.get(rollout)?.router;
  if (router === undefined || router === null) return;
  const { routers } = draft.language.catalogue;
  if (routers[router.provider]?.mirrors === true) return;
  const able = Object.keys(routers).filter((name) => routers[name]?.mirrors === true);
  reportValue(findings, [...path, 'rollout'], {
    message: `the router "${router.provider}" of "${rollout}" copies no requests, so nothing can be launched there in the dark`,
    expected: able.length === 0 ? 'another strategy' : `another strategy, or the router ${listWords(able, 'or')}`,
  });
}

function lintMethods(findings: Findings, path: Path, step: Rollout): void {
  const changing = mirroring(step).methods.filter((method) => !SAFE_METHODS.includes(method));
  if (changing.length === 0) return;
  reportValue(findings, [...path, 'mirror', 'methods'], {
    message: `a copy is a second request: what a ${listWords(changing, 'or')} changes is changed twice, unless the new version has data of its own`,
    expected: `only ${listWords(SAFE_METHODS, 'and')} where both versions share data`,
    severity: 'warning',
  });
}

/** Such a launch would be held for want of answers to compare. */
function lintIgnored(findings: Findings, path: Path, step: Rollout): void {
  const index = mirroring(step).compare.body?.ignore.indexOf('$') ?? -1;
  if (index === -1) return;
  reportValue(findings, [...path, 'mirror', 'compare', 'body', 'ignore', index], {
    message: 'this leaves nothing of any body to compare, so no two answers would ever agree',
    expected: '"body: none" to compare the status only, or a path into the body',
  });
}
