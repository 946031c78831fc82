import type { PlanJson } from '../model/provider-use.ts';
import { PROVIDER_WORDS } from '../schema/catalogue.ts';
import { CHECK_KEYS, STEP_KINDS } from '../schema/language.ts';
import { STEP_SCHEMAS } from '../schema/steps/step-schemas.ts';
import { listWords } from '../text/list-words.ts';
import { nearest } from '../text/nearest.ts';
import { checkNamedUse, checkUse } from './check-use.ts';
import type { Checking } from './check-use.ts';
import { checkValue } from './check-value.ts';
import { asMap } from './draft.ts';
import type { Authored, Kind } from './draft.ts';
import { reportKey, reportValue } from './findings.ts';
import type { Path } from './path.ts';

type StepMap = Readonly<Record<string, PlanJson>>;

/** Checks the form of one step: first which kind it is, by its one kind key, then the keys of that kind. Null where anything is wrong. */
export function checkStep(checking: Checking, path: Path, value: PlanJson): Authored | null {
  const map = asMap(value);
  if (map === null) {
    reportValue(checking.findings, path, {
      message: 'a step is a map',
      expected: `one that begins with ${kindWords()}`,
    });
    return null;
  }
  const kind = kindOf(checking, path, map);
  if (kind === null) return null;
  if (kind === 'check') return checkCheck(checking, path, map);
  if (kind === 'soak') return checkSoak(checking, path, map);
  if (kind === 'rollout' && map['by'] === 'flag') return checkFlagRollout(checking, path, map);
  if (kind === 'rollout') reportFlagOnly(checking, path, map);
  return checkOther(checking, path, { kind, map });
}

const kindWords = (): string => listWords(STEP_KINDS, 'or');

function kindOf(checking: Checking, path: Path, map: StepMap): Kind | null {
  const found = STEP_KINDS.filter((kind) => Object.hasOwn(map, kind));
  const [kind, second] = found;
  if (kind !== undefined && second === undefined) return kind;
  if (kind !== undefined) {
    const message = `a step is of one kind, this one is ${listWords(found, 'and')}`;
    reportKey(checking.findings, [...path, String(second)], { message, expected: 'one step for each' });
    return null;
  }
  for (const key of Object.keys(map)) {
    const meant = nearest(key, STEP_KINDS);
    if (meant === null) continue;
    reportKey(checking.findings, [...path, key], { message: `unknown key "${key}", did you mean "${meant}"?` });
    return null;
  }
  reportValue(checking.findings, path, {
    message: 'this step is of no kind',
    expected: `one of the keys ${kindWords()}`,
  });
  return null;
}

function checkOther(
  checking: Checking,
  path: Path,
  { kind, map }: { readonly kind: Exclude<Kind, 'check' | 'soak'>; readonly map: StepMap },
): Authored | null {
  const step = checkValue(checking.findings, { path, value: map, schema: STEP_SCHEMAS[kind], quote: true });
  // The schema was chosen by the kind, which the compiler cannot follow through the table.
  return step === null ? null : ({ kind, step } as Authored);
}

/** Keys of a rollout that moves versions. */
const TRAFFIC_KEYS = ['strategy', 'max-surge', 'max-unavailable', 'mirror'];

function checkFlagRollout(checking: Checking, path: Path, map: StepMap): Authored | null {
  const wrong = TRAFFIC_KEYS.filter((key) => Object.hasOwn(map, key));
  for (const key of wrong) {
    const message = `a rollout by flag moves no versions, so it has no "${key}"`;
    reportKey(checking.findings, [...path, key], { message, expected: '"steps" with segments and weights' });
  }
  const rest = Object.fromEntries(Object.entries(map).filter(([key]) => !wrong.includes(key)));
  const checked = checkOther(checking, path, { kind: 'flag-rollout', map: rest });
  return wrong.length === 0 ? checked : null;
}

/** Whoever names a flag means a rollout by it. */
function reportFlagOnly({ findings }: Checking, path: Path, map: StepMap): void {
  if (!Object.hasOwn(map, 'flag') || Object.hasOwn(map, 'by')) return;
  reportValue(findings, path, { message: 'a rollout of a flag says so', expected: '"by: flag" beside "flag"' });
}

function checkSoak(checking: Checking, path: Path, map: StepMap): Authored | null {
  const step = checkValue(checking.findings, { path, value: map, schema: STEP_SCHEMAS.soak, quote: true });
  const { checks } = map;
  const listed: readonly PlanJson[] = Array.isArray(checks) ? checks : [];
  const uses = listed.map((use, index) => checkNamedUse(checking, 'checks', [...path, 'checks', index], use));
  const found = uses.filter((use) => use !== null);
  return step === null || found.length < uses.length ? null : { kind: 'soak', step, uses: found };
}

function checkCheck(checking: Checking, path: Path, map: StepMap): Authored | null {
  const known = Object.keys(checking.language.catalogue.checks);
  const named = Object.keys(map).filter((key) => known.includes(key) && !CHECK_KEYS.includes(key));
  const rest = Object.fromEntries(Object.entries(map).filter(([key]) => !named.includes(key)));
  const { findings } = checking;
  const schema = STEP_SCHEMAS.check;
  const step = checkValue(findings, { path, value: rest, schema, quote: true, otherKeys: known });
  const [provider, second] = named;
  const expected = `exactly one of ${listWords(known, 'or')} with its settings`;
  if (provider === undefined) {
    // An unknown key is most likely the check that was meant, and is reported already.
    const unknown = Object.keys(rest).some((key) => !CHECK_KEYS.includes(key));
    if (!unknown) reportValue(findings, path, { message: `this step names no ${PROVIDER_WORDS.checks}`, expected });
    return null;
  }
  if (second !== undefined) {
    reportKey(findings, [...path, second], {
      message: `this step names two checks: ${provider} and ${second}`,
      expected,
    });
    return null;
  }
  const config = map[provider] ?? null;
  const use = checkUse(checking, { table: 'checks', provider, path: [...path, provider], config });
  return step === null || use === null ? null : { kind: 'check', step, use };
}
