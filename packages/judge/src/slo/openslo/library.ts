import { Fields } from './fields.ts';
import type { Findings } from './findings.ts';

/** One document with its kind and name. */
export interface NamedDocument {
  readonly kind: string;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Documents that others refer to, by kind and name. It remembers which were asked for. */
export class Library {
  readonly #documents: ReadonlyMap<string, NamedDocument>;
  readonly #used = new Set<string>();

  constructor(documents: readonly NamedDocument[]) {
    this.#documents = new Map(documents.map((document) => [titleOf(document), document]));
  }

  /** null where there is none of that name. `findings`: of who refers to it, for what is wrong with it is wrong there. */
  find(kind: string, name: string, findings: Findings): Fields | null {
    const title = titleOf({ kind, name });
    const document = this.#documents.get(title);
    if (document === undefined) return null;
    this.#used.add(title);
    return new Fields(document.value, { document: title, path: '', findings });
  }

  /** Documents of these kinds that nobody asked for. */
  unused(kinds: readonly string[]): readonly string[] {
    const titles = [...this.#documents].flatMap(([title, { kind }]) => (kinds.includes(kind) ? [title] : []));
    return titles.filter((title) => !this.#used.has(title));
  }
}

/** How findings name a document. */
export function titleOf({ kind, name }: Pick<NamedDocument, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
