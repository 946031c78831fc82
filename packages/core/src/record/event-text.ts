import type { LaunchEvent } from '../model/event.ts';
import { eventLine } from './event-line.ts';
import { RECORD_WORDS } from './record-words.ts';

/** An event in a few words, as the record of a launch lists it. What people and programs wrote stays as they wrote it. */
export function eventText(event: LaunchEvent, language: 'en' | 'fr'): string {
  return eventLine(event, RECORD_WORDS[language].events);
}
