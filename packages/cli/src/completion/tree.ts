import type { Command } from 'commander';

/** What can be typed after a verb. */
export interface Words {
  /** `slipway`, `slipway token`, `slipway token create`: the words so far, joined by spaces. */
  readonly path: string;
  readonly verbs: readonly string[];
  readonly flags: readonly string[];
}

/** The commands as they are: completion cannot fall behind them. */
export function treeOf(command: Command, path = command.name(), inherited: readonly string[] = []): readonly Words[] {
  const flags = [...inherited, ...command.options.flatMap((option) => option.long ?? [])];
  // What help lists, so that a command which commander adds by itself is in it.
  const verbs = command
    .createHelp()
    .visibleCommands(command)
    .map((child) => child.name());
  const own: Words = { path, verbs, flags: [...new Set([...flags, '--help'])].toSorted() };
  return [own, ...command.commands.flatMap((child) => treeOf(child, `${path} ${child.name()}`, flags))];
}
