import type { z } from 'zod';
import { listWords } from '../text/list-words.ts';
import { nearest } from '../text/nearest.ts';
import { describeValue, typeWord } from './describe-value.ts';
import type { Said } from './findings.ts';
import { labelOf } from './path.ts';
import type { Path } from './path.ts';
import type { PlanJson } from '../model/provider-use.ts';

type Issue = z.core.$ZodIssue;

/** One value that a schema refused. */
export interface Refused {
  readonly path: Path;
  readonly value: PlanJson | undefined;
  /** The value as it is written in the file, where it is a scalar. */
  readonly written: string | null;
  /** Whether its text may be repeated in a message. */
  readonly quote: boolean;
}

/** Why a schema refused a value. Unknown keys and unions are explained elsewhere: they are several problems, or none yet. */
export function explainIssue(issue: Issue, refused: Refused): Said {
  const label = labelOf(refused.path);
  const is = `${label} is ${describeValue(refused.value, refused.quote)}`;
  if (issue.message.startsWith('expected ')) return { message: is, expected: issue.message.slice('expected '.length) };
  if (issue.message !== '') return { message: `${label}: ${issue.message}` };
  switch (issue.code) {
    case 'invalid_type':
      return { message: is, expected: typeWord(issue.expected) + quotesHint(issue.expected, refused) };
    case 'invalid_value':
      return wrongChoice(is, issue.values.map(String), refused.value);
    case 'too_small':
      return tooSmall(issue, label, is);
    case 'too_big':
      return tooBig(issue, label, is);
    case 'invalid_format':
      return { message: is, expected: formatWords(issue) };
    case 'not_multiple_of':
      return { message: is, expected: `a multiple of ${issue.divisor}` };
    case 'invalid_union':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return { message: `${is}, which is not allowed here` };
  }
}

/** 2.10 is the number 2.1: show how to write the text that was meant. */
function quotesHint(expected: string, refused: Refused): string {
  const scalar = typeof refused.value === 'number' || typeof refused.value === 'boolean';
  if (expected !== 'string' || !scalar || refused.written === null) return '';
  return `: put it in quotes, "${refused.written}"`;
}

function wrongChoice(is: string, choices: readonly string[], value: PlanJson | undefined): Said {
  const match = typeof value === 'string' ? nearest(value, choices) : null;
  const hint = match === null ? '' : ` (did you mean "${match}"?)`;
  return { message: `${is}${hint}`, expected: listWords(choices, 'or') };
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, label: string, is: string): Said {
  const least = issue.inclusive === false ? `more than ${issue.minimum}` : `at least ${issue.minimum}`;
  if (issue.origin === 'string' && issue.minimum === 1) return { message: `${label} is empty`, expected: 'a text' };
  if (issue.origin === 'string') return { message: `${label} is too short`, expected: `${least} characters` };
  if (issue.origin === 'array') return { message: `${label} has too few items`, expected: least };
  return { message: is, expected: least };
}

function tooBig(issue: z.core.$ZodIssueTooBig, label: string, is: string): Said {
  const most = issue.inclusive === false ? `less than ${issue.maximum}` : `at most ${issue.maximum}`;
  if (issue.origin === 'string') return { message: `${label} is too long`, expected: `${most} characters` };
  if (issue.origin === 'array') return { message: `${label} has too many items`, expected: most };
  return { message: is, expected: most };
}

const FORMATS: Readonly<Record<string, string>> = {
  url: 'an address such as https://shop.example',
  email: 'an e-mail address',
  uuid: 'a UUID',
  datetime: 'a date and time',
  regex: 'another form',
};

function formatWords(issue: z.core.$ZodIssueInvalidStringFormat): string {
  const known = FORMATS[issue.format];
  if (issue.format === 'regex' && issue.pattern !== undefined) return `a text that matches ${issue.pattern}`;
  return known ?? `the format "${issue.format}"`;
}
