import { Argument } from 'commander';
import type { Cli } from '../cli.ts';
import { completionScript } from '../completion/completion-script.ts';
import { treeOf } from '../completion/tree.ts';
import { EXIT } from '../exit-codes.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export function addCompletion(cli: Cli): void {
  cli
    .verb('completion', 'completion', async (session) => {
      const shell = SHELLS.find((known) => known === session.argument(0));
      if (shell !== undefined) session.print([completionScript(shell, treeOf(cli.program))]);
      return EXIT.ok;
    })
    .addArgument(new Argument('<shell>').choices([...SHELLS]));
}
