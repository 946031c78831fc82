import type { reportOptions as enOptions, reportVerbs as enVerbs } from '../en/report-words.ts';

/** Ce que disent d'eux-mêmes les verbes des documents et des preuves. */
export const reportOptions: typeof enOptions = {
  as: 'quel document (par défaut : report, le compte rendu entier)',
  reportFormat: 'markdown pour lire, json pour les programmes, pdf pour imprimer (par défaut : markdown)',
  from: "l'étiquette ou le commit de la version d'avant ; ses commits ne sont pas listés",
  to: "l'étiquette ou le commit de cette version (par défaut : celui que nomme le plan)",
  repository: "le dépôt git de l'artefact (par défaut : ce dossier)",
  since: 'depuis quand : 90d, 12w ou une date comme 2026-09-01 (par défaut : 90d)',
  bundle: 'un nouveau dossier pour les preuves',
  publicKey: 'la clé publique (PEM) de qui a signé les preuves',
  exportKey: 'où écrire la clé publique (par défaut : à côté de la clé privée)',
};

export const reportVerbs: typeof enVerbs = {
  hotfixes: 'les hotfixes de plusieurs lancements, et ce qui fut repris sans être corrigé depuis',
  dora: 'les quatre métriques DORA sur les lancements de ce serveur',
  record: "les preuves d'un lancement, à transmettre",
  'record key': 'la clé qui signe les preuves',
  'record key create': "crée une clé dans le dossier de données ; la partie privée n'en sort jamais",
  'record bundle': "écrit les preuves d'un lancement dans un dossier, signées",
};
