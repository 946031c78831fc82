/** One entry of a list; `lead` stands in front of it, in bold. */
export interface ListItem {
  readonly lead: string | null;
  readonly text: string;
}

/** A part of a document. Texts are plain: whoever renders them makes them safe. */
export type Block =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly ListItem[] }
  | { readonly is: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** What only a person can write: shown as a gap, never filled with a guess. */
  | { readonly is: 'gap'; readonly text: string };

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** A number with a unit in its name, a text, or null: not known. */
export type Figure = number | string | boolean | null;

/** A document about a launch, or about several, before it is Markdown or JSON. */
export interface RecordDocument {
  readonly kind: string;
  readonly language: 'en' | 'fr';
  readonly title: string;
  /** 1 of a document of its own, 2 of an entry that goes into another one. */
  readonly level: 1 | 2;
  /** What came of it, in a sentence; null where the title says all. */
  readonly result: string | null;
  /** The same facts for programs: the keys are the same in every language. */
  readonly figures: Readonly<Record<string, Figure>>;
  readonly sections: readonly Section[];
}

export const text = (words: string): Block => ({ is: 'text', text: words });
export const gap = (words: string): Block => ({ is: 'gap', text: words });
export const list = (texts: readonly string[]): Block => ({
  is: 'list',
  items: texts.map((each) => ({ lead: null, text: each })),
});
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  is: 'table',
  head,
  rows,
});

/** A section whose table has rows; otherwise the sentence that says why there are none. */
export function tableOr(
  heading: string,
  { head, rows }: Omit<Extract<Block, { is: 'table' }>, 'is'>,
  none: string,
): Section {
  return { heading, blocks: [rows.length === 0 ? text(none) : table(head, rows)] };
}
