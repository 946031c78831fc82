import type { MessageLanguage } from '../messages/message-template.ts';
import type { DailySpan } from './calendar.ts';

/** When channels are left alone by what can wait. */
export interface QuietHours {
  readonly channels: readonly string[];
  /** IANA time zone of the wall clock that is meant. */
  readonly zone: string;
  readonly span: DailySpan;
}

/** What messages say besides the facts of the launch. */
export interface Messages {
  readonly language: MessageLanguage;
  readonly links: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
  /** Absent: routine messages leave at any time. */
  readonly quiet?: readonly QuietHours[];
  /** Milliseconds in which the same words do not go to the same channel again; 0: they always do. Absent: an hour. */
  readonly dedup?: number;
}
