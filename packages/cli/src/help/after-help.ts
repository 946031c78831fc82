import { EXIT, type ExitName } from '../exit-codes.ts';
import type { Messages } from '../messages/messages.ts';
import { EXAMPLES } from './examples.ts';

/** What stands under the options of a verb's help: examples, then how it ends. */
export function afterHelp(path: string, m: Messages): string {
  const examples = EXAMPLES[path] ?? [];
  return ['', m.help.examples, ...examples.map((example) => `  ${example}`), '', m.help.exitCodes, ...exitRows(m)].join(
    '\n',
  );
}

function exitRows(m: Messages): string[] {
  const names: readonly ExitName[] = [
    'ok',
    'failure',
    'usage',
    'refused',
    'held',
    'scrubbed',
    'rolledBack',
    'incomplete',
    'left',
    'cutOff',
  ];
  return names.map((name) => `  ${String(EXIT[name]).padStart(3)}  ${m.exits[name]}`);
}
