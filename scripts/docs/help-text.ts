/** One line of a list in a help text: an option, an argument or a command, and what it does. */
export interface HelpRow {
  readonly name: string;
  readonly what: string;
}

/** A help text as commander prints it, taken apart. */
export interface HelpText {
  readonly usage: string;
  readonly description: string;
  readonly options: readonly HelpRow[];
  readonly commands: readonly HelpRow[];
  readonly examples: readonly string[];
  readonly exitCodes: readonly HelpRow[];
}

/** Reads a help text of any width: a line that is indented deeper goes on with the one before. */
export function readHelp(text: string): HelpText {
  const [head = '', ...rest] = text.split(/^(?=[A-Z][A-Za-z ]*:$)/m);
  const sections = new Map(
    rest.map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return [title.replace(':', ''), lines.filter((line) => line.trim() !== '')];
    }),
  );
  const [usage = '', ...description] = head.split('\n').filter((line) => line.trim() !== '');
  const lines = (title: string): readonly string[] => sections.get(title) ?? [];
  return {
    usage: usage.replace('Usage: ', ''),
    description: description.join(' '),
    options: rowsOf(lines('Options')),
    commands: rowsOf(lines('Commands')),
    examples: lines('Examples').map((line) => line.trim()),
    exitCodes: lines('Exit codes').map((line) => rowOf(line.trim())),
  };
}

function rowsOf(lines: readonly string[]): readonly HelpRow[] {
  const joined: string[] = [];
  for (const line of lines) {
    if (/^ {2}\S/.test(line)) joined.push(line.trim());
    else joined.push(`${joined.pop() ?? ''} ${line.trim()}`);
  }
  return joined.map(rowOf);
}

/** Two spaces stand between a name and what it does, and nowhere in a name. */
function rowOf(line: string): HelpRow {
  const [name = '', ...what] = line.split(/ {2,}/);
  return { name, what: what.join(' ') };
}
