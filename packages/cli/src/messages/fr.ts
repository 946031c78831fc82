import { answers } from './fr/answers.ts';
import { calendar } from './fr/calendar.ts';
import { commandLine } from './fr/command-line.ts';
import { failures } from './fr/failures.ts';
import { flags } from './fr/flags.ts';
import { judge } from './fr/judge.ts';
import { launch } from './fr/launch.ts';
import { lint } from './fr/lint.ts';
import { rehearsal } from './fr/rehearsal.ts';
import { reports } from './fr/reports.ts';
import { scenarios } from './fr/scenarios.ts';
import { slo } from './fr/slo.ts';
import type { Messages } from './messages.ts';

/** Chaque phrase de la commande, en français. */
export const fr: Messages = {
  language: 'fr',
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
