import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'oxfmt';

export const ROOT = join(import.meta.dirname, '../..');

/** A page from its parts, formatted as the repository's other pages are. */
export async function page(title: string, source: string, parts: readonly string[]): Promise<string> {
  const note = `<!-- Made from ${source} by "npm run docs": change it there. -->`;
  const text = [`# ${title}`, note, ...parts.filter((part) => part !== '')].join('\n\n');
  const { ignorePatterns: _, $schema: __, ...options } = JSON.parse(readFileSync(join(ROOT, '.oxfmtrc.json'), 'utf8'));
  const { code, errors } = await format('page.md', text, options);
  if (errors.length > 0) throw new Error(`${title} cannot be formatted: ${errors[0]?.message}`);
  return code;
}
