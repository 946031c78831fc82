import type { PlanJson } from '../model/provider-use.ts';
import { PROVIDER_WORDS } from '../schema/catalogue.ts';
import { CHECK_KEYS, STEP_KINDS } from '../schema/language.ts';
import { STEP_SCHEMAS } from '../schema/steps/step-schemas.ts';
import { listWords } from '../text/list-words.ts';
import { nearest } from '../text/nearest.ts';
import { checkUse } from './check-use.ts';
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
  return kind === 'check' ? checkCheck(checking, path, map) : checkOther(checking, path, { kind, map });
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
  { kind, map }: { readonly kind: Exclude<Kind, 'check'>; readonly map: StepMap },
): Authored | null {
  const step = checkValue(checking.findings, { path, value: map, schema: STEP_SCHEMAS[kind], quote: true });
  // The schema was chosen by the kind, which the compiler cannot follow through the table.
  return step === null ? null : ({ kind, step } as Authored);
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
