import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'oxfmt';

export const ROOT = join(import.meta.dirname, '../..');

/** A page from its parts, formatted as the repository's other pages are. */
export async function page(title: string, source: string, parts: readonly string[]): Promise<string> {
  const note = `<!-- Made from ${source} by "npm run docs": change it there. -->`;
  return await formatted('page.md', [`# ${title}`, note, ...parts.filter((part) => part !== '')].join('\n\n'));
}

/** As the repository's files of that ending are formatted. Throws where it cannot be read. */
export async function formatted(file: string, text: string): Promise<string> {
  const { ignorePatterns: _, $schema: __, ...options } = JSON.parse(readFileSync(join(ROOT, '.oxfmtrc.json'), 'utf8'));
  const { code, errors } = await format(file, text, options);
  if (errors.length > 0) throw new Error(`${file} cannot be formatted: ${errors[0]?.message}`);
  return code;
}
