import type { answers as english } from '../en/answers.ts';
import { plural } from './plural.ts';

/** Ce que répond chaque commande. */
export const answers: typeof english = {
  plan: {
    warning: 'avertissement',
    expected: (what) => `attendu : ${what}`,
    digest: (digest) => `plan ${digest}`,
    messages: "Messages, tels qu'ils se liraient si le lancement venait de commencer",
    noMessages: "Le plan n'envoie aucun message.",
    tells: (channels: string) => `à ${channels}`,
    again: (span: string) => `répété toutes les ${span}`,
    from: { team: 'texte de slipway.messages.yaml', shipped: 'texte fourni', plan: 'texte du plan' },
    mentions: (names) => `mentionne ${names}`,
    quiet: (hours) => `attend la fin des heures calmes : ${hours}`,
    shortest: (span) => `dure au moins ${span}, sans compter personnes et commandes`,
    effects: {
      'read-only': 'regarde',
      executive: 'change le monde',
      person: 'une personne',
      message: 'un message',
      clock: 'attend',
    },
    takes: (span) => `dure ${span}`,
    who: (people) => `par ${people}`,
    rollsBack: 'en cas d’échec : revient en arrière tout seul',
    pages: 'en cas d’échec : suspend et alerte l’astreinte',
    wayBack: (text) => `retour : ${text}`,
    noReturn: 'point de non-retour : ceci ne peut pas être repris',
    versionAtStart: 'version donnée au démarrage',
    valid: (file, warnings, about) =>
      `${file} est valide (${about}${warnings === 0 ? '' : `, ${plural(warnings, 'avertissement')}`})`,
    invalid: (file, errors, warnings) =>
      `${file} : ${plural(errors, 'erreur')}${warnings === 0 ? '' : `, ${plural(warnings, 'avertissement')}`} ; rien n'a été démarré`,
  },
  vote: {
    on: (word, step, subject) => `${word} pour ${step} : ${subject}`,
    counted: (word, step) => `${word} pour ${step} est compté.`,
    conditionMet: (number, step) => `Condition ${number} de ${step} remplie.`,
    noNumber: (given) => `« ${given} » n'est pas un numéro de condition : slipway status les montre`,
    otherFacts: (digest) => `les faits sont maintenant ${digest}, pas ceux que vous nommez : regardez, puis votez`,
    noSuchStep: (step, open) => `il n'y a pas d'étape ${step}${open === '' ? '' : ` ; ouvertes au vote : ${open}`}`,
    notOpen: (step, open) =>
      `${step} ne prend pas de vote maintenant${open === '' ? '' : ` ; ouvertes au vote : ${open}`}`,
  },
  start: {
    started: (id, headline) => `Le lancement ${id} a démarré. ${headline}`,
    nothing: "Rien n'a été démarré.",
    serverStarted: (url) =>
      `Serveur démarré sur ${url} ; il continue après cette commande. Pour l'arrêter : slipway down`,
  },
  down: {
    nothing: 'Aucun serveur ne tourne ici.',
    stopped: (pid) => `Serveur arrêté (processus ${pid}).`,
    environment: (name) => `${name} est arrêté.`,
    named: (url) =>
      `down n'arrête que le serveur de ce dossier, et vous nommez ${url} : enlevez --server et SLIPWAY_SERVER, ou arrêtez celui-là sur sa machine`,
    underWay: (launches) =>
      `${plural(launches, 'lancement')} en cours : sans le serveur, rien n'observe et rien ne revient en arrière tout seul. Terminez d'abord, ou arrêtez quand même avec --force ; le prochain serveur continuera`,
    unwatched: (environment, version, share) =>
      `reste sans surveillance : ${version} avec ${share} du trafic de ${environment}`,
    unreadable: (id) => `${id} : ses événements sont illisibles, on ne sait donc pas s'il est en cours`,
    cannotLook: (why) =>
      `on ne sait pas si un lancement est en cours : ${why}. Pour arrêter quand même le serveur : slipway down --force`,
  },
  list: {
    unreadable: (id) => `${id} : ses événements sont illisibles ; le journal du serveur dit pourquoi`,
    omitted: (launches) =>
      `… ${plural(launches, 'lancement plus ancien, terminé', 'lancements plus anciens, terminés')}`,
  },
  done: {
    sent: (verb) => `Fait : ${verb}.`,
    confirmed: (step) => `${step} est confirmé.`,
    proposed: (title) => `Dérogation proposée : ${title}`,
    skipped: (title) => `Levé : ${title}`,
    follows: (titles) => `ensuite : ${titles}`,
    phrase: (phrase) => `La phrase : ${phrase}`,
    nothingSent: "Rien n'a été confirmé.",
    typePhrase: 'Tapez la phrase que demande le plan :',
    written: (file) => `Écrit dans ${file}.`,
  },
  data: {
    exported: (file) => `Écrit dans ${file}.`,
    moved: (file) =>
      `Écrit dans ${file}. Les lancements continuent là où vous l'importez ; ce dossier de données ne reprend plus rien.`,
    imported: (done) =>
      `Importé : ${done.launches} lancements avec ${done.events} événements, et ${done.tokens} jetons.`,
  },
  tokens: {
    created: (id, person, role) =>
      `Jeton ${id} pour ${person} (${role}). Montré une seule fois ; seule son empreinte est gardée :`,
    none: "Personne n'a de jeton.",
    revoked: (id) => `${id} est révoqué.`,
  },
  records: {
    whole: (launch, events, head) =>
      `Le compte rendu de ${launch} est entier : ${plural(events, 'événement')}, inchangés et en ordre. Tête de la chaîne : ${head}`,
    broken: (why) => `Le compte rendu n'est PAS entier : ${why}`,
  },
  init: {
    written: (file) => `Écrit : ${file}`,
    found: 'Trouvé :',
    unknown: 'Pas pu savoir (cherchez « Fill in » dans le fichier) :',
    exists: (file) => `${file} existe : choisissez un autre nom avec --file, ou remplacez-le avec --force`,
    next: (file) => `Ensuite : slipway validate ${file}, puis slipway plan ${file}`,
    commit: (file) =>
      `Puis faites un commit de ${file}, avant slipway start : son premier contrôle veut un arbre de travail propre`,
  },
};
