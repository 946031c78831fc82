const PLAIN = /^[A-Za-z/][A-Za-z0-9_./@-]*$/;
/** Words that YAML 1.1 readers take for something else. */
const TAKEN = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text as a YAML scalar: plain where that is safe, else in double quotes, which YAML reads as JSON does. */
export function scalar(text: string): string {
  return PLAIN.test(text) && !TAKEN.test(text) ? text : JSON.stringify(text);
}

/** A list of texts on one line. */
export function list(texts: readonly string[]): string {
  return `[${texts.map(scalar).join(', ')}]`;
}

/** Lines moved to the right. */
export function indent(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));
}
