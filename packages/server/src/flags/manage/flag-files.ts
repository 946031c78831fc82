import type { FlagFilesReport, Problem } from '@slipway/contract';
import { type FlagChange, type FlagSetDefinition, parseManagedFlagSet } from '@slipway/flags';
import { Refusal } from '../../api/refusal.ts';

export interface FlagFile {
  readonly file: string;
  readonly text: string;
}

/** Every problem of every file, each at its place. */
export function reportFlagFiles(files: readonly FlagFile[]): FlagFilesReport {
  const found = files.map((file) => ({ file, parsed: parseManagedFlagSet(file.text) }));
  const problems = found.flatMap(({ file, parsed }) =>
    parsed.ok ? [] : parsed.problems.map((problem) => problemOf(file.file, problem)),
  );
  const flags = found.map(({ parsed }) => (parsed.ok ? Object.keys(parsed.definition.flags).length : 0));
  return { ok: problems.length === 0, problems, flags: flags.reduce((sum, count) => sum + count, 0) };
}

type Found = Extract<ReturnType<typeof parseManagedFlagSet>, { ok: false }>['problems'][number];

function problemOf(file: string, { path, line, column, message }: Found): Problem {
  return { file, line, column, path: pathText(path), message, expected: null, severity: 'error' };
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}

/** What a file defines. Refuses with every problem at once. */
export function readFlagFile({ file, text }: FlagFile): FlagSetDefinition {
  const parsed = parseManagedFlagSet(text);
  if (parsed.ok) return parsed.definition;
  const problems = parsed.problems.map((each) => `${file}:${each.line}:${each.column}: ${each.message}`);
  throw new Refusal(422, {
    code: 'wrong-input',
    message: `${file} cannot be applied: ${problems[0] ?? 'it is wrong'}`,
    problems,
  });
}

/** A file as a change: its flags and segments, and nothing else of it, are in the set afterwards. */
export function applyOf({ file, text }: FlagFile): Extract<FlagChange, { kind: 'apply' }> {
  const { flags, $evaluators } = readFlagFile({ file, text });
  return { kind: 'apply', origin: { kind: 'file', file }, flags, segments: $evaluators ?? {} };
}
