import type { calendar as words, calendarOptions as optionWords, calendarVerbs as verbWords } from '../en/calendar.ts';

/** Ce qui se dit du calendrier d'un plan. */
export const calendar: typeof words = {
  allowed: (at, zone) => `${at} (${zone}) : les étapes qui changent la production peuvent commencer.`,
  closed: (at, zone) => `${at} (${zone}) : les étapes qui changent la production ne peuvent PAS commencer :`,
  closes: (at) => (at === null ? "Cela ne ferme pas dans l'année." : `Cela ferme à ${at}.`),
  opens: (at) => (at === null ? "Cela n'ouvre pas dans l'année." : `Cela ouvre à ${at}.`),
  toOrBy: 'indiquez soit --to une heure, soit --by une durée comme 30m (-30m : plus tôt)',
  slipped: 'T-0 est déplacé, et avec lui tout ce qui en dépend.',
  tracks: 'Volets',
  track: (name, owner, accountable) =>
    `${name} : par ${owner}${accountable === owner ? '' : `, décidé par ${accountable}`}`,
  consulted: (roles) => `consultés : ${roles}`,
  informed: (roles) => `informés : ${roles}`,
};

export const calendarVerbs: typeof verbWords = {
  calendar: 'quand les étapes qui changent la production peuvent commencer',
  'calendar check':
    'si elles le peuvent à une heure, pourquoi non, et quand ensuite ; finit par 3 si elles ne le peuvent pas',
  'calendar export': 'T-0, échéances, fenêtres et gels au format iCalendar',
  slip: "déplacer T-0 et tout ce qui en dépend, avant que la production n'ait commencé",
  'override-window': 'laisser une étape commencer en production malgré le calendrier',
};

export const calendarOptions: typeof optionWords = {
  at: 'heure locale dans le fuseau du plan, comme 2026-11-24T10:00 (par défaut : maintenant)',
  urgency: "à la place de l'urgence du calendrier du plan",
  slipTo: 'le nouveau T-0 en heure locale dans le fuseau du plan, comme 2026-11-24T10:00',
  slipBy: 'de combien T-0 est retardé, comme 30m ; -30m : plus tôt',
};
