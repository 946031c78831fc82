import type { CommanderError } from 'commander';
import { Failure } from './failure.ts';
import type { Messages } from './messages/messages.ts';

interface Reading {
  readonly pattern: RegExp;
  readonly say: (words: Messages['usage'], found: readonly string[]) => string;
}

/** Commander speaks English only; what its sentences name is read out of them, by the code of the error. */
const READINGS: Readonly<Record<string, readonly Reading[]>> = {
  'commander.unknownOption': [
    { pattern: /unknown option '(.*?)'/s, say: (words, [option = '']) => words.unknownOption(option) },
  ],
  'commander.unknownCommand': [
    { pattern: /unknown command '(.*?)'/s, say: (words, [verb = '']) => words.unknownVerb(verb) },
  ],
  'commander.missingArgument': [
    { pattern: /required argument '(.*)'/s, say: (words, [name = '']) => words.missing(`<${name}>`) },
  ],
  'commander.missingMandatoryOptionValue': [
    { pattern: /required option '(.*)' not/s, say: (words, [flags = '']) => words.missing(flags) },
  ],
  'commander.optionMissingArgument': [
    { pattern: /option '(.*)' argument missing/s, say: (words, [flags = '']) => words.noValue(flags) },
  ],
  'commander.excessArguments': [
    { pattern: /Expected (\d+) .* got (\d+)/s, say: (words, [most = '', got = '']) => words.tooMany(most, got) },
  ],
  'commander.invalidArgument': [
    {
      pattern: /option '(.*?)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s,
      say: (words, [place = '', value = '', choices = '']) => words.notAChoice(place, value, choices),
    },
    {
      pattern: /value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\.$/s,
      say: (words, [value = '', name = '', choices = '']) => words.notAChoice(`<${name}>`, value, choices),
    },
  ],
};

/** What commander found wrong with what was typed, in the user's language. An error of a new kind keeps its words. */
export function usageError(error: CommanderError, m: Messages): Failure {
  for (const { pattern, say } of READINGS[error.code] ?? []) {
    const found = pattern.exec(error.message);
    if (found !== null)
      return new Failure('wrong-input', `${say(m.usage, found.slice(1))}${nearest(error.message, m)}`);
  }
  if (error.code === 'commander.help') return new Failure('wrong-input', m.usage.noVerb);
  return new Failure('wrong-input', error.message.replace(/^error: /, ''));
}

function nearest(message: string, m: Messages): string {
  const names = /\(Did you mean (?:one of )?(.+)\?\)$/.exec(message)?.[1];
  return names === undefined ? '' : m.usage.nearest(names);
}
