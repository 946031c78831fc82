import type { Entry } from './entry.ts';

/** Red flags about data and ways back. */
export const WAY_BACK = {
  SLW001: {
    title: { en: 'No way back', fr: 'Pas de retour en arrière' },
    explanation: {
      en: 'A step that cannot be undone runs by itself; from then on a rollback cannot bring everything back. Give it an undo command, or put a sign-off in front of it, or a "confirm" phrase on it.',
      fr: 'Une étape irréversible part toute seule ; dès lors un retour en arrière ne peut plus tout rétablir. Donnez-lui une commande « undo », ou mettez une approbation devant, ou une phrase « confirm ».',
    },
  },
  SLW002: {
    title: { en: 'Way back never rehearsed', fr: 'Retour en arrière jamais répété' },
    explanation: {
      en: 'A way back that was never walked fails when it is needed. Add a check or a command before production that walks it on staging, or a task in which somebody does.',
      fr: "Un retour en arrière jamais parcouru échoue le jour où il sert. Ajoutez avant la production un contrôle ou une commande qui le parcourt en recette, ou une tâche où quelqu'un le fait.",
    },
  },
  SLW007: {
    title: { en: 'Big-bang migration', fr: 'Migration big bang' },
    explanation: {
      en: 'When data and version change at once for everybody, nobody can tell which of them fails, and the old version may not run on the new data. Split it: expand the schema first, roll out by shares, contract in a later launch.',
      fr: "Quand données et version changent d'un coup pour tous, nul ne sait ce qui échoue, et l'ancienne version peut ne plus tourner sur les nouvelles données. Découpez : étendre le schéma d'abord, déployer par paliers, contracter dans un lancement ultérieur.",
    },
  },
  SLW008: {
    title: {
      en: 'Destruction not marked as a point of no return',
      fr: 'Destruction non marquée comme point de non-retour',
    },
    explanation: {
      en: 'What drops or truncates data is not taken back by a command, whatever its undo says. Say "undo: { none: why }", ask for a typed "confirm", and put it after the rollout, or into a launch of its own.',
      fr: "Ce qui supprime des données n'est pas rétabli par une commande, quoi qu'en dise son « undo ». Écrivez « undo: { none: pourquoi } », exigez un « confirm » à taper, et placez-le après le déploiement, ou dans un lancement à part.",
    },
  },
} as const satisfies Readonly<Record<string, Entry>>;
