import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './real-server.ts';

/** What stands in a page in place of a reader's own, and what it is here. */
export type Changes = Readonly<Record<string, string>>;

/** The code blocks of a page, as a reader copies them. Throws where one of the changes is nowhere in the page. */
export class HowToPage {
  readonly #blocks: readonly string[];
  readonly #changes: readonly (readonly [string, string])[];

  /** `page`: in docs/how-to, without `.md`. */
  constructor(page: string, changes: Changes) {
    const text = readFileSync(join(ROOT, 'docs/how-to', `${page}.md`), 'utf8');
    this.#blocks = [...text.matchAll(/^```\w+\n([^]*?)^```$/gm)].map(([, block = '']) => block);
    this.#changes = Object.entries(changes);
    const idle = this.#changes.filter(([from]) => !this.#blocks.some((block) => block.includes(from)));
    if (idle.length > 0) throw new Error(`${page} no longer says ${idle.map(([from]) => from).join(', ')}`);
  }

  /** The block that begins so. */
  block(beginning: string): string {
    const found = this.#blocks.find((block) => block.startsWith(beginning));
    if (found === undefined) throw new Error(`no block begins with ${beginning}`);
    return this.#changes.reduce((text, [from, to]) => text.replaceAll(from, to), found);
  }
}
