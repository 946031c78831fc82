import type { ClosedBecause, DailySpan, Freeze } from '../model/calendar.ts';
import { formatLocalTime } from '../time/local-time.ts';

type Language = 'en' | 'fr';

const DAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  fr: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
};
const EVERY_DAY: Readonly<Record<Language, string>> = { en: 'every day', fr: 'tous les jours' };

/** Why it is closed, in the languages of people who read a launch. */
export const closedWords = {
  windows: (windows: readonly DailySpan[]) =>
    because('window', (language) => {
      const spans = windows.map((window) => spanText(window, language)).join(', ');
      return language === 'en' ? `outside the windows (${spans})` : `hors des fenêtres (${spans})`;
    }),
  officeHours: (hours: DailySpan) =>
    because('office-hours', (language) => {
      const span = spanText(hours, language);
      return language === 'en' ? `outside office hours (${span})` : `hors des heures ouvrées (${span})`;
    }),
  never: (span: DailySpan) =>
    because('never', (language) => `${language === 'en' ? 'never' : 'jamais'} ${spanText(span, language)}`),
  weekend: () => because('never', (language) => (language === 'en' ? 'never at the weekend' : 'jamais le week-end')),
  eve: (holiday: string) =>
    because('never', (language) =>
      language === 'en' ? `never on the eve of ${holiday}` : `jamais la veille d'un jour férié (${holiday})`,
    ),
  holiday: (holiday: string) =>
    because('holiday', (language) => (language === 'en' ? `public holiday: ${holiday}` : `jour férié : ${holiday}`)),
  freeze: ({ to, because: why }: Freeze, zone: string) =>
    because('freeze', (language) => {
      const end = formatLocalTime(to, zone);
      return language === 'en' ? `freeze until ${end}: ${why}` : `gel jusqu'au ${end} : ${why}`;
    }),
} as const;

function because(kind: ClosedBecause['kind'], say: (language: Language) => string): ClosedBecause {
  const reasons = { en: say('en'), fr: say('fr') };
  return { kind, reason: reasons.en, reasons };
}

/** `Tue, Wed 10:00-16:00`. */
export function spanText({ days, from, to }: DailySpan, language: Language): string {
  const named = days === null ? EVERY_DAY[language] : days.map((day) => DAYS[language][day - 1] ?? '').join(', ');
  return `${named} ${clockText(from)}-${clockText(to)}`;
}

/** Minutes of the wall clock as 16:00. */
export function clockText(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
