import type { MessageLanguage } from '../messages/message-template.ts';

/** What messages say besides the facts of the launch. */
export interface Messages {
  readonly language: MessageLanguage;
  readonly links: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}
