import type { Entry } from './entry.ts';

/** Red flags about who decides, who is told and when. */
export const PEOPLE = {
  SLW003: {
    title: { en: 'No owner', fr: 'Pas de responsable' },
    explanation: {
      en: 'What belongs to nobody is done by nobody. Put people into "people", let a sign-off ask one of their roles, and name in "page" whom a launch in trouble calls.',
      fr: "Ce qui n'est à personne n'est fait par personne. Mettez des gens dans « people », faites décider l'un de leurs rôles par une approbation, et nommez dans « page » qui est appelé en cas d'ennui.",
    },
  },
  SLW006: {
    title: { en: 'Friday, weekend or holiday', fr: 'Vendredi, week-end ou jour férié' },
    explanation: {
      en: 'What breaks late on a Friday or on the eve of a holiday is met by few people, and tired ones. Move T-0 to a morning from Tuesday to Thursday, or say in "calendar" when production may change.',
      fr: 'Ce qui casse un vendredi soir ou une veille de jour férié trouve peu de monde, et fatigué. Déplacez T-0 à un matin du mardi au jeudi, ou dites dans « calendar » quand la production peut changer.',
    },
  },
  SLW009: {
    title: { en: 'The author approves alone', fr: "L'auteur approuve seul" },
    explanation: {
      en: 'A GO that its author gives is no second opinion. Write "not: [author]" on the sign-off, or ask for a second role or a second GO.',
      fr: "Un GO donné par l'auteur n'est pas un second avis. Écrivez « not: [author] » sur l'approbation, ou demandez un second rôle ou un second GO.",
    },
  },
  SLW010: {
    title: { en: 'Announced before it is verified', fr: 'Annoncé avant vérification' },
    explanation: {
      en: 'Customers and press are told of what may still be taken back. Give the message "about: production", so that it leaves only when production is verified, and put it after the rollout.',
      fr: "Clients et presse apprennent ce qui peut encore être annulé. Donnez au message « about: production », pour qu'il ne parte qu'une fois la production vérifiée, et placez-le après le déploiement.",
    },
  },
  SLW014: {
    title: { en: 'Missing escalation', fr: "Pas d'escalade" },
    explanation: {
      en: 'A launch that holds in production waits for a person, and nobody knows. Add "page: { to: [a channel] }" and "on-fail: page" to the steps of production.',
      fr: "Un lancement arrêté en production attend quelqu'un, et personne ne le sait. Ajoutez « page: { to: [un canal] } » et « on-fail: page » aux étapes de production.",
    },
  },
  SLW016: {
    title: { en: 'Long list by hand', fr: 'Longue liste à la main' },
    explanation: {
      en: 'Long lists are ticked, not done. Turn what a machine can see into checks, and split the rest by track and owner.',
      fr: "Les longues listes sont cochées, pas faites. Transformez en contrôles ce qu'une machine peut voir, et répartissez le reste par chantier et responsable.",
    },
  },
  SLW017: {
    title: { en: 'Nothing is automatic', fr: "Rien n'est automatique" },
    explanation: {
      en: 'A tick says that somebody ticked. Let at least what decides be checked: the tag, the tests, the backup, whether the new version answers.',
      fr: "Une case cochée dit seulement que quelqu'un l'a cochée. Faites au moins contrôler ce qui décide : l'étiquette, les tests, la sauvegarde, la réponse de la nouvelle version.",
    },
  },
} as const satisfies Readonly<Record<string, Entry>>;
