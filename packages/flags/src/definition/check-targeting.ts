import type { Json } from '../json.ts';
import { MAX_WEIGHT } from '../bucketing/bucket.ts';
import { OPERATOR_NAMES } from '../logic/operators.ts';
import { VERSION_TESTS, parseVersion } from '../logic/sem-ver.ts';
import { ARITY } from './arity.ts';
import { MAX_PROBLEMS } from './flag-problem.ts';
import type { Finding, Path } from './flag-problem.ts';
import { didYouMean, quote } from './nearest.ts';

/** Checks a rule's form: flagd's targeting schema (https://flagd.dev/schema/v0/targeting.json), and that what it refers to exists. */
export function checkTargeting(rule: Json, path: Path, evaluators: ReadonlySet<string>): readonly Finding[] {
  const findings: Finding[] = [];
  checkValue(rule, path, { findings, evaluators });
  return findings;
}

interface Check {
  readonly findings: Finding[];
  readonly evaluators: ReadonlySet<string>;
}

function checkValue(value: Json | undefined, path: Path, check: Check): void {
  if (typeof value !== 'object' || value === null || check.findings.length >= MAX_PROBLEMS) return;
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) checkValue(item, [...path, index], check);
    return;
  }
  checkRule(value as Readonly<Record<string, Json>>, path, check);
}

function checkRule(rule: Readonly<Record<string, Json>>, path: Path, check: Check): void {
  const entries = Object.entries(rule);
  const [entry] = entries;
  if (entry === undefined) return;
  const [name, args] = entry;
  const inner = [...path, name];
  if (entries.length > 1) {
    const names = entries.slice(0, 3).map(([key]) => quote(key));
    say(
      check,
      path,
      `a rule has one operator, this one has ${entries.length} (${names.join(', ')}); nest them in lists`,
    );
    return;
  }
  if (name === '$ref') return checkReference(args, inner, check);
  if (!OPERATOR_NAMES.includes(name)) {
    check.findings.push({
      path: inner,
      atKey: true,
      message: `there is no operator ${quote(name)}${didYouMean(name, OPERATOR_NAMES)}`,
    });
    return;
  }
  if (!checkArity(name, args, { path: inner, check })) return;
  checkArguments(name, args, { path: inner, check });
  checkValue(args, inner, check);
}

function say(check: Check, path: Path, message: string): void {
  check.findings.push({ path, message });
}

function checkReference(name: Json | undefined, path: Path, check: Check): void {
  if (typeof name !== 'string') return say(check, path, '"$ref" must be the name of a rule under "$evaluators"');
  if (check.evaluators.has(name)) return;
  say(check, path, `there is no rule ${quote(name)} under "$evaluators"${didYouMean(name, check.evaluators)}`);
}

interface At {
  readonly path: Path;
  readonly check: Check;
}

function checkArity(name: string, args: Json | undefined, { path, check }: At): boolean {
  const arity = ARITY[name];
  if (arity === undefined) return true;
  const { least, most } = arity;
  if (!Array.isArray(args)) {
    if (arity.single) return true;
    say(check, path, `"${name}" needs a list of arguments`);
    return false;
  }
  if (args.length >= least && args.length <= most) return true;
  const range = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  say(
    check,
    path,
    `"${name}" takes ${range} argument${range === '1' || range === 'at least 1' ? '' : 's'}, not ${args.length}`,
  );
  return false;
}

function checkArguments(name: string, args: Json | undefined, at: At): void {
  if (name === 'var') return checkVariable(args, at);
  if (!Array.isArray(args)) return;
  const list = args as readonly Json[];
  if (name === 'missing') return checkPaths(list, at);
  if (name === 'missing_some') return checkMissingSome(list, at);
  if (name === 'starts_with' || name === 'ends_with') return checkTexts(name, list, at);
  if (name === 'sem_ver') return checkSemVer(list, at);
  if (name === 'fractional') checkFractional(list, at);
}

/** What a rule may ask of the evaluation itself, and what it is. */
export const FLAGD_VALUES: Readonly<Record<string, string>> = {
  '$flagd.flagKey': 'The key of the flag that is evaluated, a text.',
  '$flagd.timestamp': 'The time of the evaluation: whole seconds since 1970-01-01, UTC.',
};

function checkVariable(args: Json | undefined, { path, check }: At): void {
  const key = Array.isArray(args) ? (args as readonly Json[])[0] : args;
  const at = Array.isArray(args) ? [...path, 0] : path;
  if (Array.isArray(args) && typeof key !== 'string') say(check, at, '"var" needs a path, as "country" or "user.name"');
  if (typeof key !== 'string' || !key.startsWith('$flagd.') || Object.hasOwn(FLAGD_VALUES, key)) return;
  say(check, at, `flagd gives "$flagd.flagKey" and "$flagd.timestamp" only, not ${quote(key)}`);
}

function checkPaths(list: readonly Json[], { path, check }: At): void {
  for (const [index, item] of list.entries()) {
    if (typeof item !== 'string') say(check, [...path, index], '"missing" takes paths, as "country" or "user.name"');
  }
}

function checkMissingSome([needed, paths]: readonly Json[], { path, check }: At): void {
  if (typeof needed !== 'number')
    say(check, [...path, 0], '"missing_some" begins with the number of paths that are needed');
  if (!Array.isArray(paths)) return say(check, [...path, 1], '"missing_some" needs a list of paths');
  checkPaths(paths as readonly Json[], { path: [...path, 1], check });
}

function isRule(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkTexts(name: string, list: readonly Json[], { path, check }: At): void {
  for (const [index, item] of list.entries()) {
    if (typeof item !== 'string' && !isRule(item))
      say(check, [...path, index], `"${name}" compares texts; put this in quotes`);
  }
}

function checkSemVer([left, operator, right]: readonly Json[], { path, check }: At): void {
  for (const [index, version] of [left, null, right].entries()) {
    if (index === 1 || isRule(version)) continue;
    if (typeof version !== 'string' || parseVersion(version) === null) {
      say(check, [...path, index], 'this is no semantic version; write one as "2.0.0", or a "var"');
    }
  }
  if (typeof operator === 'string' && VERSION_TESTS.has(operator)) return;
  say(check, [...path, 1], `"sem_ver" compares with one of ${[...VERSION_TESTS.keys()].join(' ')}`);
}

function checkFractional(list: readonly Json[], { path, check }: At): void {
  const [first] = list;
  const seeded = !Array.isArray(first);
  if (seeded && !isRule(first)) {
    say(
      check,
      [...path, 0],
      '"fractional" begins with a rule that gives a text, as {"var": "email"}, or with its first share',
    );
  }
  if (seeded && list.length < 2) say(check, path, '"fractional" needs a share, as ["on", 25]');
  let total = 0;
  for (const [index, share] of list.entries()) {
    if (index === 0 && seeded) continue;
    total += checkShare(share, { path: [...path, index], check });
  }
  if (total > MAX_WEIGHT)
    say(check, path, `the weights come to ${total}, more than ${MAX_WEIGHT}; make them smaller in proportion`);
}

/** The weight, as far as it is written down. */
function checkShare(share: Json, { path, check }: At): number {
  if (!Array.isArray(share) || share.length === 0 || share.length > 2) {
    say(check, path, 'a share is a list of a variant and a weight, as ["on", 25]');
    return 0;
  }
  const [variant, weight = 1] = share as readonly Json[];
  if (Array.isArray(variant)) say(check, [...path, 0], 'a share gives a variant, not a list');
  if (isRule(weight)) return 0;
  if (typeof weight === 'number' && Number.isInteger(weight) && weight >= 0) return weight;
  say(check, [...path, 1], 'a weight is a whole number from 0; for parts of a per cent, make all weights larger');
  return 0;
}
