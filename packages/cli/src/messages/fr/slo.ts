import type { slo as english } from '../en/slo.ts';

const problems: (typeof english)['problems'] = {
  'not-an-alert': 'ce n’est pas une alerte : son taux ou ses fenêtres sont hors limites',
  'longer-than-period': 'sa fenêtre dépasse la période de l’objectif',
  'never-fires': 'elle ne peut jamais se déclencher : même une panne totale ne brûle pas plus vite',
  'within-budget': 'elle se déclenche alors que l’objectif tient encore : le taux est inférieur à 1',
  'little-traffic': 'avec si peu d’événements, même une panne totale en donne trop peu de mauvais dans sa fenêtre',
};

const refusals: (typeof english)['refusals'] = {
  'not-openslo': 'ce n’est pas un document OpenSLO de version openslo/v1',
  'unknown-kind': 'OpenSLO ne connaît pas ce genre',
  'no-name': 'il manque metadata.name',
  'too-large': 'trop grand, ou trop imbriqué',
  missing: 'ceci manque',
  'wrong-type': 'ceci est d’un autre type',
  'wrong-value': 'cette valeur ne convient pas',
  'name-taken': 'un autre document de ce genre porte le même nom',
  'unknown-reference': 'aucun document du fichier ne porte ce nom',
  timeslices: 'les tranches de temps ne sont pas comptées ici : prenez la méthode Occurrences',
  'calendar-window': 'la période doit être glissante, pas celle d’un calendrier',
  'threshold-metric': 'une valeur face à un seuil ne donne pas d’événements à compter : donnez good (ou bad) et total',
  'raw-ratio': 'un rapport déjà divisé perd son nombre d’événements : donnez good (ou bad) et total',
  composite: 'un objectif de plusieurs indicateurs pondérés n’est pas compté ici',
  'one-expected': 'il en faut un seul ici',
  'one-of-two': 'il faut une seule des deux façons de le dire',
  'not-above': 'une alerte doit demander plus qu’un taux, pas moins',
  'not-in-minutes': 'OpenSLO compte en minutes entières',
};

const losses: (typeof english)['losses'] = {
  'not-kept': 'pas utilisé ici',
  'kind-not-kept': 'pas utilisé ici : le plan de lancement dit qui est averti, et où',
  unused: 'aucun SLO du fichier ne s’y réfère',
  'fixed-length': 'un mois est pris pour 30 jours, un trimestre pour 90, une année pour 365',
  'or-equal': 'pris comme strictement supérieur',
  'wait-not-kept': 'il n’y a pas d’attente ici : l’alerte peut venir plus tôt d’autant',
  'never-alerts': 'cette règle n’alerte jamais quand le budget brûle ; elle est laissée de côté',
  'connection-not-kept': 'l’accès à la source n’est pas lu : il peut contenir des secrets',
  'short-window-in-annotation': 'd’autres lecteurs ne voient que la fenêtre longue : la courte est dans une annotation',
};

/** Ce qui se dit des objectifs de niveau de service. */
export const slo: typeof english = {
  problems,
  refusals,
  losses,
  units: { day: 'j', hour: 'h', minute: 'min', second: 's' },
  rolling: (period) => `${period} glissants`,
  good: (target) => `${target} de bons`,
  budget: (outage, perMillion) =>
    `budget d’erreur : ${outage} de panne totale, ou ${perMillion} mauvais événements par million`,
  ofEvents: (bad, all) => `${bad} sur ${all} événements`,
  alertsFrom: { file: 'alertes :', classic: 'pas d’alerte dans le fichier ; les classiques seraient :' },
  noAlerts: 'pas d’alerte dans le fichier, et la période est trop courte pour les classiques',
  columns: [
    'gravité',
    'taux au-delà de',
    'fenêtres',
    'budget dépensé',
    'panne totale',
    '10 % en panne',
    'finit après',
    'mauvais au moins',
  ],
  never: 'jamais',
  noObjective: (file) => `${file} ne contient pas de SLO`,
  noYaml: (file) => `${file} n’est pas du YAML lisible`,
  tooLarge: (file, most) => `${file} dépasse ${most} ko`,
};
