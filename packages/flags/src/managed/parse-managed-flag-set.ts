import type { FlagSetDefinition } from '../definition/flag-definition.ts';
import { MAX_PROBLEMS } from '../definition/flag-problem.ts';
import type { Finding, ParsedFlagSet, Path } from '../definition/flag-problem.ts';
import { parseFlagSet } from '../definition/parse-flag-set.ts';
import { readText } from '../definition/read-text.ts';
import type { Json } from '../json.ts';
import { aboutOf } from './about-of.ts';
import { flagKeyProblem, segmentNameProblem } from './names.ts';

/**
 * Reads a file of flags as `parseFlagSet` does, and what a team must say of each: type, owner, purpose, end of life, off variant.
 * Whether the flags that one requires exist is seen when the file is applied: they may be kept elsewhere.
 */
export function parseManagedFlagSet(text: string): ParsedFlagSet {
  const parsed = parseFlagSet(text);
  if (!parsed.ok) return parsed;
  const findings = [...flagFindings(parsed.definition), ...segmentFindings(parsed.definition)].slice(0, MAX_PROBLEMS);
  const read = findings.length === 0 ? null : readText(text);
  if (read === null || !read.ok) return parsed;
  const problems = findings.map((finding) =>
    read.text.locate({ ...finding, path: asWritten(finding.path, read.text.value) }),
  );
  return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

function flagFindings({ flags }: FlagSetDefinition): readonly Finding[] {
  return Object.entries(flags).flatMap(([key, definition]) => {
    const at: Path = ['flags', key];
    const about = aboutOf(key, definition);
    const problems = about.ok ? [] : about.problems;
    const found: Finding[] = problems.map(({ path, message }) => {
      return { path: [...at, ...path], message, ...(path.length < 2 ? { atKey: true } : {}) };
    });
    const name = flagKeyProblem(key);
    return name === null ? found : [{ path: at, message: name, atKey: true }, ...found];
  });
}

function segmentFindings({ $evaluators = {} }: FlagSetDefinition): readonly Finding[] {
  return Object.keys($evaluators).flatMap((name) => {
    const message = segmentNameProblem(name);
    return message === null ? [] : [{ path: ['$evaluators', name], message, atKey: true }];
  });
}

/** flagd also takes a list of flags with a `key` each: the place in it. */
function asWritten(path: Path, value: Json): Path {
  const flags = (value as { readonly flags?: Json }).flags;
  if (path[0] !== 'flags' || !Array.isArray(flags)) return path;
  const index = (flags as readonly { readonly key?: Json }[]).findIndex(({ key }) => key === path[1]);
  return index < 0 ? path : ['flags', index, ...path.slice(2)];
}
