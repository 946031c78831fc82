import type { z } from 'zod';
import type { Json } from '../json.ts';
import { checkFlagSet } from './check-flag-set.ts';
import type { FlagSetDefinition } from './flag-definition.ts';
import { MAX_PROBLEMS } from './flag-problem.ts';
import type { Finding, FlagProblem, ParsedFlagSet, Path } from './flag-problem.ts';
import { flagSetSchema } from './flag-set-schema.ts';
import { readText } from './read-text.ts';
import type { ReadText } from './read-text.ts';

/**
 * Reads a flag set in flagd's format, JSON or YAML, at most 8 MB; `flags` may be a list of flags with a `key` each.
 * Tells everything that is wrong at once. What it lets through compiles. Pure; never throws on any text.
 */
export function parseFlagSet(text: string): ParsedFlagSet {
  const read = readText(text);
  if (!read.ok) return read;
  const { value, findings: doubled } = withoutList(read.text.value);
  const listed = value !== read.text.value;
  const form = flagSetSchema.safeParse(value);
  const findings = form.success ? checkFlagSet(definitionOf(value)) : explained(form.error);
  const first = findings.slice(0, MAX_PROBLEMS);
  const all = [...doubled, ...(listed ? first.map((finding) => inList(finding, read.text.value)) : first)];
  if (all.length > 0) return { ok: false, problems: located(all, read.text) };
  return { ok: true, definition: definitionOf(value) };
}

/** The schema has looked at it. It is taken as it was written, in its order, with keys that only others understand. */
function definitionOf(value: Json): FlagSetDefinition {
  return value as unknown as FlagSetDefinition;
}

function located(findings: readonly Finding[], text: ReadText): readonly FlagProblem[] {
  return findings
    .slice(0, MAX_PROBLEMS)
    .map((finding) => text.locate(finding))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function explained(error: z.ZodError): readonly Finding[] {
  return error.issues.map((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    const name = path.at(-1);
    return { path, message: name === undefined ? issue.message : `"${name}" ${issue.message}` };
  });
}

/** flagd's other form: a list of flags with their keys. */
function withoutList(value: Json): { readonly value: Json; readonly findings: readonly Finding[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value, findings: [] };
  const { flags } = value as Readonly<Record<string, Json>>;
  if (!Array.isArray(flags)) return { value, findings: [] };
  const findings: Finding[] = [];
  const byKey = new Map<string, Json>();
  for (const [index, flag] of (flags as readonly Json[]).entries()) {
    const key = keyOf(flag);
    if (key === null) findings.push({ path: ['flags', index], message: 'a flag in a list needs a "key"' });
    else if (byKey.has(key))
      findings.push({ path: ['flags', index, 'key'], message: `the key ${JSON.stringify(key)} is given twice` });
    else byKey.set(key, withoutKey(flag));
  }
  return { value: { ...(value as Readonly<Record<string, Json>>), flags: Object.fromEntries(byKey) }, findings };
}

function keyOf(flag: Json): string | null {
  if (typeof flag !== 'object' || flag === null || Array.isArray(flag)) return null;
  const { key } = flag as Readonly<Record<string, Json>>;
  return typeof key === 'string' && key !== '' ? key : null;
}

function withoutKey(flag: Json): Json {
  const { key: _, ...rest } = flag as Readonly<Record<string, Json>>;
  return rest;
}

/** A place in the map of flags, as a place in the list that was written. */
function inList(finding: Finding, written: Json): Finding {
  const [first, key, ...rest] = finding.path;
  const { flags } = written as Readonly<Record<string, Json>>;
  if (first !== 'flags' || key === undefined || !Array.isArray(flags)) return finding;
  const index = (flags as readonly Json[]).findIndex((flag) => keyOf(flag) === key);
  const path: Path = index < 0 ? finding.path : ['flags', index, ...rest];
  return { ...finding, path };
}
