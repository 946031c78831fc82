import type { Entry } from './entry.ts';

/** Red flags about what a launch can see, and about the file itself. */
export const EVIDENCE = {
  SLW004: {
    title: { en: 'No baseline', fr: 'Pas de référence' },
    explanation: {
      en: 'A fixed limit does not know what is usual: it stays silent while errors triple below it, and cries when the old version was as bad. Let the rollout "judge" its metrics, or compare .new with .old in "while".',
      fr: "Un seuil fixe ignore ce qui est habituel : il se tait quand les erreurs triplent sous lui, et crie quand l'ancienne version était aussi mauvaise. Faites juger les métriques par « judge », ou comparez .new à .old dans « while ».",
    },
  },
  SLW005: {
    title: { en: 'Metric first read in production', fr: 'Métrique lue pour la première fois en production' },
    explanation: {
      en: 'A metric that nobody has read before may be empty, late or wrong, and the launch learns it when people are hit. Read it in a soak or a rollout on staging first.',
      fr: "Une métrique jamais lue peut être vide, en retard ou fausse, et le lancement l'apprend quand des gens sont touchés. Lisez-la d'abord dans une observation ou un déploiement en recette.",
    },
  },
  SLW011: {
    title: { en: 'Rollout that cannot find what it looks for', fr: 'Déploiement qui ne peut trouver ce qu’il cherche' },
    explanation: {
      en: 'With this traffic the shares are held too shortly to tell a bad version from chance: a pass says little. Hold longer, give a share more traffic, or look for a greater harm; "slipway plan" says how long it takes.',
      fr: 'Avec ce trafic, les paliers sont trop courts pour distinguer une mauvaise version du hasard : un succès dit peu. Tenez plus longtemps, donnez plus de trafic, ou cherchez un dommage plus grand ; « slipway plan » dit combien de temps il faut.',
    },
  },
  SLW012: {
    title: { en: 'Alert that cannot fire', fr: 'Alerte qui ne peut se déclencher' },
    explanation: {
      en: 'It looks like a guard and guards nothing. Set a limit that a bad version crosses: a share of errors is between 0 and 1, so "below 1" is always true; and name in "page" whom a page tells.',
      fr: "Cela ressemble à une garde et ne garde rien. Mettez un seuil qu'une mauvaise version franchit : un taux d'erreur va de 0 à 1, donc « sous 1 » est toujours vrai ; et nommez dans « page » qui est appelé.",
    },
  },
  SLW013: {
    title: { en: 'Window too short', fr: 'Fenêtre trop courte' },
    explanation: {
      en: 'The rollout is still under way when nobody is meant to change production any more. Begin earlier, hold the shares for less long, or open a longer window.',
      fr: 'Le déploiement est encore en cours quand plus personne ne doit changer la production. Commencez plus tôt, tenez les paliers moins longtemps, ou ouvrez une fenêtre plus longue.',
    },
  },
  SLW015: {
    title: { en: 'Secret in the file', fr: 'Secret dans le fichier' },
    explanation: {
      en: 'A plan is read by many and kept for ever in git and in records. Write { env: NAME } or { file: path } in place of the value, and change the secret: it is known now.',
      fr: 'Un plan est lu par beaucoup et gardé pour toujours dans git et les registres. Écrivez { env: NOM } ou { file: chemin } à la place, et changez le secret : il est connu désormais.',
    },
  },
} as const satisfies Readonly<Record<string, Entry>>;
