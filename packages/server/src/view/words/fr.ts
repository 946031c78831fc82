import { frWaits } from '@slipway/core';
import type { Words } from './words.ts';

const figures = new Intl.NumberFormat('fr');
const count = (value: number, word: string): string => `${figures.format(value)} ${word}${value > 1 ? 's' : ''}`;

/** Chaque phrase que compose la vue, en français. */
export const fr: Words = {
  said: ({ sentence, sentences }) => sentences?.fr ?? sentence,
  because: ({ reason, reasons }) => reasons?.fr ?? reason,
  headline: {
    starting: 'Démarrage',
    active: (phase, title) => `${phase} : ${title}`,
    more: (steps) => ` (et ${steps} de plus)`,
    untilVerified: (environment, title) => `Attend que ${environment} soit vérifié, pour : ${title}`,
    held: (why) => `Suspendu : ${why}`,
    somebodyHolds: "quelqu'un le suspend",
    stopping: (why) => `Retour en arrière : ${why}. On arrête ce qui est en cours`,
    undoing: (why) => `Retour en arrière : ${why}`,
    incomplete: 'Le retour en arrière est incomplet : il faut une personne',
    completed: (what) => `Terminé : ${what} est en service`,
    dark: (what) => `Terminé : ${what} n'a reçu que des copies de requêtes ; la version précédente sert comme avant`,
    scrubbed: (what) => `Annulé avant la production ; ${what} n'a pas été lancé`,
    rolledBack: 'Retour en arrière vérifié : la version précédente sert de nouveau',
  },
  causes: {
    heldByStep: (step, reason) => `${step} : ${reason}`,
    verdict: (step, decision, sentence) => `${step} : ${decision} : ${sentence}`,
    decisions: {
      pass: 'réussi',
      fail: 'échoué',
      'insufficient-data': 'données insuffisantes',
      'telemetry-broken': 'télémétrie en panne',
    },
    unknownOutcome: (step, reason) => `${step} : personne ne sait si cela a été fait (${reason})`,
    deadlock: (step, waits) => `${step} : des lancements s'attendent en cercle : ${frWaits(waits)}`,
    stepFailed: (step, reason) => `${step} a échoué : ${reason}`,
  },
  act: {
    vote: (title) => `GO ou NO-GO : ${title}`,
    moreVotes: (votes) => ` (encore ${votes})`,
    confirm: (title) => `confirmer : ${title}`,
    heldByPerson: 'suspendu par une personne',
    stepFailed: (step) => `${step} a échoué`,
    noVerdict: (step) => `pas de verdict sur ${step}`,
    lookWhetherDone: (step) => `regarder si ${step} a été fait`,
    deadlock: (others) => `annuler ce lancement ; ou terminer ${others.join(' ou ')}, puis réessayer`,
    goOnBack: 'reprendre le retour',
    mendByHand: 'ou réparer à la main, puis le dire',
    either: (command, other) => `${command}   ou   ${other}`,
  },
  steps: {
    stopped: 'arrêté avant la fin',
    notReached: 'pas atteint',
    skipped: (reason) => `passé outre : ${reason}`,
    until: (time) => `jusqu'à ${time}`,
    waitsForVotes: (votes) => `attend ${votes}`,
    votes: (count, role) => `${count} GO de ${role}`,
    waitsForPerson: 'attend une personne',
    triesAgain: (reason) => `réessaie après : ${reason}`,
    lock: (environment) => `prend ${environment}`,
    survey: (environment) => `regarde ce qui tourne dans ${environment}`,
    check: 'vérifie',
    command: (command) => `lance ${command}`,
    start: (version) => `démarre ${version}`,
    share: (weight, version) => `${weight} % vers ${version}`,
    mirror: (share, version) => `copie ${share} % des requêtes vers ${version}`,
    mirrored: (mirrors, compared, different) =>
      `${mirrors} : ${count(compared, 'comparée')}, ${count(different, 'différente')}`,
    stop: (version) => `vide puis arrête ${version}`,
    roll: (version, instances, of) =>
      `déploie ${version} par lots : ${instances} ${instances > 1 ? 'instances' : 'instance'} sur ${of}`,
    rollTo: (version, weight) => `déploie ${version} par lots : jusqu'à ${weight} % des instances`,
    observe: {
      decide: 'observe',
      watch: "continue d'observer jusqu'à pouvoir trancher",
      guard: 'réussi ; observé tant que le lancement est suspendu',
    },
    send: (channel) => `prévient ${channel}`,
  },
  wayBack: {
    none: (because) => `pas de retour : ${because}`,
    restore: (version, environment) => `remettre ${version} dans ${environment}`,
    routeAll: (environment, version) => `tout le trafic de ${environment} vers ${version}`,
    endCopies: (environment, version) => `plus de copies dans ${environment} ; tout le trafic reste sur ${version}`,
    routeNone: (environment) => `plus aucun trafic dans ${environment}`,
    stop: (version, environment) => `vider puis arrêter ${version} dans ${environment}`,
    confirm: (version, environment) => `vérifier que ${version} sert ${environment}`,
    confirmNone: (environment) => `vérifier que rien ne sert ${environment}`,
    command: (command) => `lancer ${command}`,
  },
};
