import type { Problem, RedFlag } from '@slipway/contract';
import { VERSION } from '../version.ts';
import type { Linted } from './linted.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Of what is wrong with the plan itself. */
const PLAN_RULE = { id: 'plan', shortDescription: { text: 'The plan is wrong' } };

/** SARIF 2.1.0 (OASIS), as code scanning reads it. */
export function sarifOf({ problems, redFlags }: Linted): object {
  const rules = [...(problems.length === 0 ? [] : [PLAN_RULE]), ...rulesOf(redFlags)];
  const indexOf = (id: string): number => rules.findIndex((rule) => rule.id === id);
  const results = [...problems.map(problemResult), ...redFlags.map(flagResult)];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'slipway', version: VERSION, rules } },
        columnKind: 'utf16CodeUnits',
        results: results.map((result) => ({ ...result, ruleIndex: indexOf(result.ruleId) })),
      },
    ],
  };
}

function rulesOf(flags: readonly RedFlag[]): readonly { readonly id: string }[] {
  const byCode = new Map(flags.map((flag) => [flag.code, flag]));
  return [...byCode.values()].map(({ code, title, explanation, link }) => ({
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: `${explanation} ${link}` },
  }));
}

function problemResult(problem: Problem) {
  const { message, expected, severity } = problem;
  const text = expected === null ? message : `${message}, expected ${expected}`;
  return { ruleId: PLAN_RULE.id, level: LEVELS[severity], message: { text }, locations: [locationOf(problem)] };
}

function flagResult(flag: RedFlag) {
  const { code, severity, title, said, ignored } = flag;
  const told = { ruleId: code, level: LEVELS[severity], message: { text: `${title}: ${said}` } };
  const justification = ignored === null ? '' : `${ignored.because} (${ignored.until})`;
  const suppressions = ignored === null ? {} : { suppressions: [{ kind: 'inSource', justification }] };
  return { ...told, locations: [locationOf(flag)], ...suppressions };
}

function locationOf({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>) {
  const uri = file.split(/[\\/]/).map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } } };
}
