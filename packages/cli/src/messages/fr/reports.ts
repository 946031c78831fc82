import type { reports as en } from '../en/reports.ts';
import { plural } from './plural.ts';

/** Ce qui se dit des documents, des commits et des preuves. */
export const reports: typeof en = {
  commits: (count, from, to) => `${plural(count, 'commit')} de ${from} à ${to}`,
  noRepository: (folder) =>
    `${folder} n'est pas un dépôt git : les commits sont montrés comme manquants (--repository)`,
  noRef: 'le plan ne nomme ni étiquette ni commit : les commits sont montrés comme manquants (--to)',
  noPrevious: (to) => `aucune version avant ${to} n'est connue : les commits sont montrés comme manquants (--from)`,
  badRef: (ref) => `ce dépôt n'a ni étiquette ni commit ${ref} : récupérez-le, ou nommez-en un autre`,
  tooManyCommits: (most) => `il y a plus de ${most} commits : nommez une version plus proche avec --from`,
  gitFailed: (why) => `git ne peut pas lister les commits : ${why}`,
  badSince: (text) => `--since ${text} n'est ni une durée ni une date : écrivez 90d, 12w ou 2026-09-01`,
  pdfNeedsFile: 'un PDF va dans un fichier : nommez-le avec --out',
  pdfNotRecord: "un PDF n'est pas du JSON : enlevez --json",
  replaced: (count) =>
    `${plural(count, 'caractère')} que les polices du PDF n'ont pas sont montrés par un signe monétaire ; le Markdown les a tous`,
  replacedNote: (count) =>
    `${plural(count, 'caractère')} que les polices de ce fichier n'ont pas sont montrés par un signe monétaire.`,
  leadTimes: (known, all) => `heures des commits connues pour ${known} sur ${plural(all, 'déploiement')}`,
  keyExists: (file) =>
    `${file} existe : déplacez-la avant d'en créer une autre, car ce qu'elle a signé ne pourrait plus l'être`,
  keyMade: (id, file) => `Clé ${id}. Donnez la partie publique à qui vérifie : ${file}`,
  noKey: (file) => `il n'y a pas de clé ${file} : slipway record key create en crée une`,
  badKey: (file) => `${file} n'est pas une clé Ed25519 en PEM`,
  folderNotEmpty: (folder) => `${folder} existe et n'est pas vide : nommez un nouveau dossier avec --out`,
  bundled: (folder, events, id) => `Écrit dans ${folder} : ${plural(events, 'événement')}, signés avec la clé ${id}.`,
  notSigned: (why) => `rien n'a été signé, car le compte rendu n'est pas entier : ${why}`,
  needsKey: 'des preuves se vérifient avec la clé publique de qui les a signées : nommez son fichier avec --key',
  bundleWhole: (launch, events, head) =>
    `Les preuves de ${launch} sont entières et signées : ${plural(events, 'événement')}, inchangés et dans l'ordre. Tête de la chaîne : ${head}`,
  bundleBroken: "Les preuves ne sont PAS telles qu'elles furent signées :",
  fileTooLarge: (file) => `${file} est plus grand que tout fichier de preuves`,
  problems: {
    noEnvelope: (file) => `${file} manque ou n'est pas une enveloppe DSSE lisible`,
    badSignature: "aucune signature ne va avec la clé : quelqu'un d'autre a signé, ou cela a changé",
    badStatement: "ce qui fut signé n'est pas une déclaration sur un compte rendu de Slipway",
    missing: (file) => `${file} manque`,
    changed: (file) => `${file} n'est pas le fichier qui fut signé`,
    unknownFile: (file) => `${file} ne fut pas signé`,
    noEvents: "il n'y a pas d'événement",
    outOfOrder: (seq, launch, found) =>
      `L'événement ${seq} de ${launch} manque ou n'est pas à sa place : l'événement ${found} s'y trouve.`,
    unlinked: (seq, launch) => `L'événement ${seq} de ${launch} ne suit pas celui d'avant.`,
    rewritten: (seq, launch) =>
      `L'événement ${seq} de ${launch} n'est pas tel qu'il fut écrit : son empreinte ne va pas.`,
    unreadable: 'les événements ne se lisent pas comme un compte rendu',
    count: (found, signed) => `il y a ${found} événements, ${signed} furent signés`,
    head: (found, signed) => `le dernier événement est ${found}, ${signed} fut signé`,
    launch: (found, signed) => `c'est le compte rendu de ${found}, celui de ${signed} fut signé`,
  },
};
