import type { Language } from '../terminal/capabilities.ts';
import { answers } from './en/answers.ts';
import { calendar } from './en/calendar.ts';
import { commandLine } from './en/command-line.ts';
import { failures } from './en/failures.ts';
import { flags } from './en/flags.ts';
import { judge } from './en/judge.ts';
import { launch } from './en/launch.ts';
import { lint } from './en/lint.ts';
import { rehearsal } from './en/rehearsal.ts';
import { reports } from './en/reports.ts';
import { scenarios } from './en/scenarios.ts';
import { slo } from './en/slo.ts';

/** Every sentence that the command says, in English; the other languages have the same keys. */
export const en = {
  language: 'en' as Language,
  ...launch,
  ...answers,
  ...commandLine,
  calendar,
  failures,
  flags,
  judge,
  lint,
  rehearsal,
  reports,
  scenarios,
  slo,
};
