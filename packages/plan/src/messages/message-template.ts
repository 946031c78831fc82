/** Languages in which shipped messages are written. */
export const MESSAGE_LANGUAGES = ['en', 'fr'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

/** Title and text as Liquid, over the variables of messages. */
export interface MessageWords {
  readonly title: string;
  readonly text: string;
}

/** A message that teams send again and again, filled in from the facts of the launch. */
export interface MessageTemplate {
  /** What it is for, for the reference. */
  readonly summary: string;
  /** There where it waits for nothing: neither for the end of quiet hours, nor because the same was said before. */
  readonly urgent?: true;
  readonly en: MessageWords;
  readonly fr: MessageWords;
}
