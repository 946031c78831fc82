import type { flagsEn } from './en.ts';

const percents = new Intl.NumberFormat('fr', { maximumFractionDigits: 3 });
const list = new Intl.ListFormat('fr');

const daysText = (days: number): string => `${days} jour${days > 1 ? 's' : ''}`;

/** Chaque phrase sur les drapeaux que compose la vue, en français. */
export const flagsFr: typeof flagsEn = {
  share: (percent, group) => `${percents.format(percent)} % ${group === null ? 'de tous' : `parmi : ${group}`}`,
  segment: (name) => `segment ${name}`,
  rule: (name) => `groupe ${name}`,
  all: (texts) => list.format(texts),
  nobody: 'personne',
  killed: (off, by, reason) => `${off} pour tous : coupé par ${by}, motif : ${reason}`,
  killedByLaunch: (off, launch, reason) =>
    `${off} pour tous : coupé par le retour en arrière du lancement ${launch}, motif : ${reason}`,
  disabled: 'désactivé par sa définition : qui demande reçoit la valeur par défaut de son propre code',
  ramp: (variant, audience) => `${variant} pour ${audience}`,
  byLaunch: (launch, step) => `par le lancement ${launch}, étape ${step}`,
  others: (text) => `les autres : ${text}`,
  byRules: (otherwise) => `selon ses règles, sinon ${otherwise}`,
  everybody: (variant) => `${variant} pour tous`,
  callersDefault: 'la valeur par défaut du code appelant',
  requires: (texts, off) => `seulement où ${list.format(texts)}, sinon ${off}`,
  serves: (flag, variant) => `${flag} sert ${variant}`,
  next: {
    makeDefault: (variant, file, launch) =>
      `${launch === null ? '' : `quand le lancement ${launch} aura fini : `}faites de ${variant} la defaultVariant, sans targeting, ${file === null ? 'et définissez-le de nouveau par slipway flags define' : `dans ${file} et appliquez-le`} : cela termine l'extension. Puis retirez le drapeau du code, puis ${file === null ? 'du serveur par slipway flags remove' : `de ${file}`}`,
    takeOut: (variant, file) =>
      `${variant} est pour tous par sa définition : retirez le drapeau du code, puis ${file === null ? 'du serveur par slipway flags remove' : `de ${file}, et appliquez-le`}`,
  },
  stale: {
    expired: (expires, days) => `sa fin de vie était le ${expires}, il y a ${daysText(days)} : à supprimer`,
    experimentRunning: (expires, days) =>
      `sa fin de vie était le ${expires}, il y a ${daysText(days)}, et il donne encore des variantes différentes : trancher, puis supprimer`,
    settled: (variant, days) =>
      `tous reçoivent ${variant} depuis ${daysText(days)} : à garder dans le code, puis supprimer le drapeau`,
    leftKilled: (days) => `coupé depuis ${daysText(days)} : réparer ce qu'il active, ou le supprimer`,
  },
  change: {
    apply: (file, flags) => `appliquer ${file} (drapeaux dedans : ${flags})`,
    define: (flag) => `définir ${flag}`,
    remove: (flag) => `supprimer ${flag}`,
    defineSegment: (segment) => `définir le segment ${segment}`,
    removeSegment: (segment) => `supprimer le segment ${segment}`,
    ramp: (flag, what) => `étendre ${flag} : ${what}`,
    endRamp: (flag) => `terminer l'extension de ${flag}`,
    unkill: (flag, reason) => `rétablir ${flag}, motif : ${reason}`,
    schedule: (texts) => `prévoir : ${texts.join(' ; ')}`,
    kill: (flag, reason) => `couper ${flag}, motif : ${reason}`,
    server: 'le serveur',
  },
  event: {
    setCreated: (bucketing) => `l'ensemble a été créé (répartition ${bucketing})`,
    flagDefined: (flag, file) => `${flag} a été défini${file === null ? '' : ` par ${file}`}`,
    flagRemoved: (flag) => `${flag} a été supprimé`,
    segmentDefined: (segment, file) => `le segment ${segment} a été défini${file === null ? '' : ` par ${file}`}`,
    segmentRemoved: (segment) => `le segment ${segment} a été supprimé`,
    rampSet: (flag, what) => `${flag} s'étend : ${what}`,
    rampEnded: (flag) => `l'extension de ${flag} est terminée`,
    flagKilled: (flag, reason) => `${flag} a été coupé, motif : ${reason}`,
    flagKilledByLaunch: (flag, launch, reason) =>
      `${flag} a été coupé par le retour en arrière du lancement ${launch}, motif : ${reason}`,
    flagUnkilled: (flag, reason) => `${flag} a été rétabli, motif : ${reason}`,
    scheduled: (id, what) => `prévu sous ${id} : ${what}`,
    scheduleDone: (id) => `${id} était dû et est fait`,
    scheduleCancelled: (id, reason) => `${id} a été annulé${reason === '' ? '' : ` : ${reason}`}`,
    proposed: (id, what, reason) => `proposé sous ${id} : ${what}${reason === '' ? '' : ` (${reason})`}`,
    approved: (id) => `${id} a été approuvé`,
    rejected: (id, reason) => `${id} a été refusé : ${reason}`,
    policySet: (approvals, channels) =>
      `règles : ${approvals === 0 ? 'sans approbation' : 'quatre yeux'} ; les coupures sont dites à ${channels.length === 0 ? 'personne' : list.format(channels)}`,
  },
};
