/** A text in the languages that people read verdicts in. */
export interface Bilingual {
  readonly en: string;
  readonly fr: string;
}

export type Language = keyof Bilingual;
