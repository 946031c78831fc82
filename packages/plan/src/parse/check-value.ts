import type { z } from 'zod';
import type { PlanJson } from '../model/provider-use.ts';
import { nearest } from '../text/nearest.ts';
import { listWords } from '../text/list-words.ts';
import { describeValue } from './describe-value.ts';
import { asMap } from './draft.ts';
import { explainIssue } from './explain-issue.ts';
import { reportKey, reportValue } from './findings.ts';
import type { Findings } from './findings.ts';
import { labelOf, shorten } from './path.ts';
import type { Path } from './path.ts';
import { keysAt, wantsSecret } from './schema-at.ts';
import { placeKey, valueAt, writtenAt } from './source.ts';
import { unknownKey } from './unknown-key.ts';

type Issue = z.core.$ZodIssue;

/** A part of the plan and the schema that it must fit. */
export interface Check<Schema extends z.ZodType> {
  readonly path: Path;
  /** What is validated: what is written, or what is left of it once other parts are taken out or rendered. */
  readonly value: PlanJson | undefined;
  readonly schema: Schema;
  /** Whether texts may be repeated in messages: false for what belongs to providers, which may hold secrets by mistake. */
  readonly quote: boolean;
  /** Keys that others know at the top of this part, for suggestions. */
  readonly otherKeys?: readonly string[];
}

/** Validates one part; reports all that is wrong with it. Null where anything is. */
export function checkValue<Schema extends z.ZodType>(
  findings: Findings,
  check: Check<Schema>,
): z.output<Schema> | null {
  // An empty text marks the issues that have no words of their own in the schema.
  const result = check.schema.safeParse(check.value, { error: () => '' });
  if (result.success) return result.data;
  const located = result.error.issues.map((issue) => ({ issue, at: issuePath(issue) }));
  reportIssues(findings, check, located);
  return null;
}

function reportIssues(findings: Findings, check: Check<z.ZodType>, located: readonly Located[]): void {
  for (const one of mistakes(findings, check, located)) reportIssue(findings, check, one);
}

/** The issues, without the keys that are missing only because they are misspelt: the misspelling says it. */
function mistakes(findings: Findings, check: Check<z.ZodType>, located: readonly Located[]): readonly Located[] {
  const misspelt = new Set(located.flatMap((one) => misspellings(check, one).map((key) => placeKey([...one.at, key]))));
  return located.filter((one) => !(isMissing(findings, check, one) && misspelt.has(placeKey(one.at))));
}

function isMissing(findings: Findings, check: Check<z.ZodType>, { at }: Located): boolean {
  return valueAt(findings.source, [...check.path, ...at]) === undefined;
}

/** The keys that unknown keys were probably meant to be. */
function misspellings(check: Check<z.ZodType>, { issue, at }: Located): readonly string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = knownKeys(check, at);
  return issue.keys.flatMap((key) => nearest(key, known) ?? []);
}

const knownKeys = (check: Check<z.ZodType>, at: Path): readonly string[] => [
  ...keysAt(check.schema, at),
  ...(at.length === 0 ? (check.otherKeys ?? []) : []),
];

/** Symbols are no keys of a plan. */
const issuePath = (issue: Issue): Path => issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));

interface Located {
  readonly issue: Issue;
  /** Below the checked part. */
  readonly at: Path;
}

function reportIssue(findings: Findings, check: Check<z.ZodType>, { issue, at }: Located): void {
  const path = [...check.path, ...at];
  if (mustBeSecret(findings, check, { issue, at })) {
    const message = `never write a secret in the plan: ${labelOf(path)} is a text`;
    reportValue(findings, path, { message, expected: "{ env: NAME }, the name of a variable of Slipway's server" });
    return;
  }
  if (issue.code === 'unrecognized_keys') return reportUnknownKeys(findings, check, { issue, at });
  if (issue.code === 'invalid_union') return reportUnion(findings, check, { issue, at });
  if (issue.code === 'invalid_key') return reportBadKey(findings, path, issue);
  const value = valueAt(findings.source, path);
  // Beside the name of a variable stands, by mistake, the secret itself.
  const quote = check.quote && !path.includes('env');
  const said = explainIssue(issue, { path, value, written: writtenAt(findings.source, path), quote });
  if (value === undefined) reportMissing(findings, path, said.expected);
  else reportValue(findings, path, said);
}

function reportMissing(findings: Findings, path: Path, expected: string | undefined): void {
  const around = path.length > 1 && typeof path.at(-2) === 'string' ? ` in ${labelOf(path.slice(0, -1))}` : '';
  reportValue(findings, path, {
    message: `${labelOf(path)} is missing${around}`,
    ...(expected === undefined ? {} : { expected }),
  });
}

/** A bad key carries the reasons of its own schema inside. */
function reportBadKey(findings: Findings, path: Path, issue: z.core.$ZodIssueInvalidKey): void {
  const [inner] = issue.issues;
  const key = String(path.at(-1));
  const said = inner === undefined ? {} : explainIssue(inner, { path, value: key, written: null, quote: true });
  reportKey(findings, path, { ...said, message: `the name "${shorten(key)}" has the wrong form` });
}

function mustBeSecret(findings: Findings, check: Check<z.ZodType>, { issue, at }: Located): boolean {
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_union') return false;
  return typeof valueAt(findings.source, [...check.path, ...at]) === 'string' && wantsSecret(check.schema, at);
}

function reportUnknownKeys(findings: Findings, check: Check<z.ZodType>, { issue, at }: Located): void {
  if (issue.code !== 'unrecognized_keys') return;
  const known = knownKeys(check, at);
  const present = Object.keys(asMap(valueAt(findings.source, [...check.path, ...at])) ?? {});
  const others = present.filter((key) => known.includes(key) && !issue.keys.includes(key));
  for (const key of issue.keys) {
    reportKey(findings, [...check.path, ...at, key], unknownKey(key, { known, others }));
  }
}

/** Of a union's branches, the one that came closest is explained: the fewest mistakes, and none about the whole value. */
function reportUnion(findings: Findings, check: Check<z.ZodType>, { issue, at }: Located): void {
  if (issue.code !== 'invalid_union') return;
  const path = [...check.path, ...at];
  const value = valueAt(findings.source, path);
  const branches = branchesOf(issue);
  const fitting = branches
    .filter((branch) => !branch.some(isAboutWhole))
    .map((branch) => branch.map((inner) => ({ issue: inner, at: [...at, ...issuePath(inner)] })))
    .map((branch) => mistakes(findings, check, branch))
    .toSorted((a, b) => complaints(a) - complaints(b));
  const [closest] = fitting;
  if (closest !== undefined && value !== undefined) return reportClosest(findings, check, { fitting, closest, path });
  const wanted = branches.flat().flatMap((inner) => wantedBy(findings, check, { issue: inner, at }));
  const expected = wanted.length === 0 ? {} : { expected: listWords([...new Set(wanted)], 'or') };
  if (value === undefined) reportMissing(findings, path, expected.expected);
  else
    reportValue(findings, path, { message: `${labelOf(path)} is ${describeValue(value, check.quote)}`, ...expected });
}

interface Closest {
  /** What is wrong by each branch, the closest first. */
  readonly fitting: readonly (readonly Located[])[];
  readonly closest: readonly Located[];
  readonly path: Path;
}

/** Where several branches are as close and each misses a key of its own, nobody knows which one was meant: all are named. */
function reportClosest(findings: Findings, check: Check<z.ZodType>, { fitting, closest, path }: Closest): void {
  const missingOf = (branch: readonly Located[]): readonly Located[] =>
    branch.filter((one) => isMissing(findings, check, one));
  const tied = fitting.filter((branch) => complaints(branch) === complaints(closest)).map(missingOf);
  const names = [...new Set(tied.flat().map(({ at }) => labelOf(at)))];
  if (names.length < 2 || tied.some((missing) => missing.length === 0)) return reportIssues(findings, check, closest);
  reportValue(findings, path, { message: `${listWords(names, 'or')} is missing in ${labelOf(path)}` });
  const rest = closest.filter((one) => !isMissing(findings, check, one));
  reportIssues(findings, check, rest);
}

/** The branches of a union, those of unions inside it included. */
function branchesOf(issue: z.core.$ZodIssueInvalidUnion): readonly (readonly Issue[])[] {
  return issue.errors.flatMap((branch) => {
    const [only, second] = branch;
    const nested = only?.code === 'invalid_union' && only.path.length === 0 && second === undefined;
    return nested ? branchesOf(only) : [branch];
  });
}

const isAboutWhole = (issue: Issue): boolean => issue.path.length === 0 && issue.code !== 'unrecognized_keys';

const complaints = (located: readonly Located[]): number =>
  located.reduce((sum, { issue }) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);

function wantedBy(findings: Findings, check: Check<z.ZodType>, { issue, at }: Located): readonly string[] {
  const path = [...check.path, ...at];
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    const keys = keysAt(check.schema, at);
    return [keys.length === 0 ? 'a map of keys and values' : `a map with ${listWords(keys, 'or')}`];
  }
  const value = valueAt(findings.source, path);
  const { expected } = explainIssue(issue, { path, value, written: null, quote: check.quote });
  return expected === undefined ? [] : [expected];
}
