import type {
  rehearsal as words,
  rehearsalOptions as optionWords,
  rehearsalVerbs as verbWords,
} from '../en/rehearsal.ts';

/** Ce qui se dit d'une répétition. */
export const rehearsal: typeof words = {
  summary: (launch, version, scenarios, good) =>
    `${launch} ${version} : ${good} scénarios sur ${scenarios} ont fini comme le plan le veut.`,
  progress: (done, of, id) => `répète ${done} sur ${of} : ${id}`,
  ends: {
    completed: 'mené à terme',
    scrubbed: 'annulé',
    'rolled-back': 'ramené en arrière',
    'rollback-incomplete': 'RETOUR INCOMPLET',
    held: 'EN ATTENTE, personne ne vient',
    stuck: 'BLOQUÉ',
  },
  lasted: (span) => `après ${span}`,
  detected: (span) => `remarqué après ${span}`,
  back: (span) => `tout revenu après ${span}`,
  notMet: "ce qui devait mal tourner n'est jamais arrivé",
  cause: (cause) => `pourquoi : ${cause}`,
  message: (channel, title) => `dit à ${channel} : ${title}`,
  lost: (channel, title) => `PAS dit à ${channel} : ${title}`,
  asked: (who, what) => `demandé à ${who} : ${what}`,
  anybody: 'qui est là',
  asks: {
    go: (about) => `GO ou NO-GO sur ${about}`,
    confirm: (about) => `la phrase de ${about}`,
    task: (about) => `de faire ${about} et de le prouver`,
    answer: (about) => `si ${about} a été fait`,
    decide: (about) => `que faire de ${about}`,
    mend: () => 'de réparer le retour incomplet',
  },
  broken: (name, why) => `ROMPU, ${name} : ${why}`,
  leftDone: (step, because) => `reste fait, ${step} : ${because}`,
  never: 'Jamais exercé',
  neverNothing: 'Tout ce qui est dans le plan a été exercé.',
  neverStep: (step) => `l'étape ${step} n'a jamais réussi`,
  neverAnnounced: (on, title) => `l'annonce sur ${on} n'est jamais partie : ${title}`,
  neverBack: (step) => `${step} n'a jamais été ramené en arrière`,
  noWayBack: (step, because) => `${step} est sans retour : ${because}`,
  neverMet: (id) => `ce qui devait mal tourner dans ${id} n'est jamais arrivé`,
  idle: {
    'never-fails': (step, condition) => `rien ne fait échouer cette condition de ${step} : ${condition}`,
    'never-holds': (step, condition) => `rien ne fait tenir cette condition de ${step} : ${condition}`,
  },
  unknown: (id) => `ce plan n'a pas de scénario ${id} ; il a :`,
  invalid: (file) => `${file} ne peut pas être répété : corrigez d'abord le plan`,
  notInstalled: 'les répétitions ne sont pas installées à côté de cette commande : installez Slipway en entier',
};

export const rehearsalVerbs: typeof verbWords = {
  rehearse: 'exécuter tout le plan en temps virtuel, avec chaque retour en arrière, avant T-0',
};

export const rehearsalOptions: typeof optionWords = {
  inject:
    'un seul scénario, avec sa chronologie : good, fail:, no-go:, expire:, choose:, bad:, silent:, too-few:, trigger:, alert:, soak-check:, soak-unasked:, review:, extend:, freeze:, slip:t0, unknown:, mute:, abort:, rollback:, back-fails:, crash: ; comme bad:rollout-production@25',
};
