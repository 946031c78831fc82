import type { scenarios as en } from '../en/scenarios.ts';

/** Ce qui se dit des scénarios d'un plan. */
export const scenarios: typeof en = {
  none: "le plan de ce lancement n'offre pas de scénarios",
  unknown: (name, known) => `il n'y a pas de scénario ${name}, seulement ${known}`,
  tooEarly: "la gate n'est pas finie : la décision vient à sa fin",
  counted: (name) => `Choisi : ${name}.`,
  offered: (names) => `à choisir à la fin de la gate : ${names}`,
  proposed: (name) => `la table propose ${name}`,
  nothingProposed: 'la table ne propose rien',
  always: 'toujours',
  is: { true: 'vrai', false: 'faux', unknown: 'nul ne sait' },
  compared: (asked, found, expected) => `${asked} : ${found} (${expected})`,
  row: (name, is, why) => `${name}, ${is} : ${why}`,
  chosen: (title, by, at) => `${title}, choisi par ${by} à ${at}`,
  override: 'contre la table',
  until: (time) => `rien ne change jusqu'au ${time}`,
  reason: (text) => `raison : ${text}`,
  decision: (phase) => `Décision à la fin de ${phase} : l'un de ces scénarios, les autres ne tournent jamais`,
  proposes: (when, name) => (when === '' ? `sinon : ${name}` : `${when} : ${name}`),
  needsReason: 'avec une raison',
  phase: (scenario, phase) => `${scenario} : ${phase}`,
};
