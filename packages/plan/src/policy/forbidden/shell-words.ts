/** What ends a command in a shell's line. */
const BREAKS = new Set([';', '&', '|', '\n', '(', ')', '`', '{', '}', '<', '>']);

/**
 * The commands of a line for a shell, word by word, quotes taken off: near enough to see which programs it calls with which words.
 * It expands nothing: `$x` stays as it is written.
 */
export function shellCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | null = null;
  let quote: string | null = null;
  const endWord = (): void => {
    if (word !== null) commands.at(-1)?.push(word);
    word = null;
  };
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '\\' && quote !== "'") {
      at += 1;
      word = `${word ?? ''}${line.charAt(at)}`;
    } else if (quote !== null) {
      if (character === quote) quote = null;
      else word = `${word ?? ''}${character}`;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (BREAKS.has(character)) {
      endWord();
      commands.push([]);
    } else if (character.trim() === '') endWord();
    else word = `${word ?? ''}${character}`;
  }
  endWord();
  return commands.filter((command) => command.length > 0);
}
