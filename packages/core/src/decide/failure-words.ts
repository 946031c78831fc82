import type { Reasoned } from '../model/verdict.ts';

/** Why a step fails or a launch does not go on, in our own words. */
export const FAILURES = {
  unsurveyed: (environment: string) =>
    inBoth(
      `nobody could say which version serves ${environment}: retry it`,
      `nul n'a pu dire quelle version sert ${environment} : à réessayer`,
    ),
  unsurveyedFlag: (flag: string) =>
    inBoth(
      `nobody could say which variant of ${flag} people get: retry it`,
      `nul n'a pu dire quelle variante de ${flag} est servie : à réessayer`,
    ),
  nothingRuns: (environment: string) =>
    inBoth(
      `nothing runs in ${environment}: a rollout compares with the running version; put the first one there with a deploy step`,
      `rien ne tourne dans ${environment} : un rollout compare avec la version en service ; mettez-y la première par une étape deploy`,
    ),
  alreadyRuns: (environment: string, version: string) =>
    inBoth(
      `${environment} already runs ${version}: there is nothing to roll out`,
      `${environment} fait déjà tourner ${version} : il n'y a rien à déployer`,
    ),
  unasked: (check: string, why: string | null) =>
    inBoth(
      `the check ${check} could not be asked: ${why ?? 'it was stopped'}`,
      `le contrôle ${check} n'a pas pu être fait : ${why ?? 'arrêté avant la fin'}`,
    ),
  readOnly: (phase: string) =>
    inBoth(
      `the phase ${phase} is read-only, and this step changes something: call the launch off, and mend the plan`,
      `la phase ${phase} est en lecture seule, et cette étape modifie quelque chose : annulez le lancement, et corrigez le plan`,
    ),
  triggered: (when: string, found: string) =>
    inBoth(`a trigger fired: ${when} (${found})`, `un déclencheur est vrai : ${when} (${found})`),
  alerted: (from: string, title: string) =>
    inBoth(`${from} tells of an incident: ${title}`, `${from} signale un incident : ${title}`),
  notSwitchedOff: (flag: string, why: string | null) =>
    inBoth(
      `a trigger could not switch ${flag} off: ${why ?? 'it was stopped'}; switch it off by hand, or roll back`,
      `un déclencheur n'a pas pu couper ${flag} : ${why ?? 'arrêté avant la fin'} ; coupez-le à la main, ou revenez en arrière`,
    ),
  stopped: inBoth('it was stopped before it was done', "elle a été arrêtée avant d'être faite"),
  refused: (person: string, reason: string) =>
    inBoth(`NO-GO by ${person}: ${reason}`, `NO-GO de ${person} : ${reason}`),
  undelivered: (channel: string, why: string | null) =>
    inBoth(`channel ${channel}: ${why ?? 'it was stopped'}`, `canal ${channel} : ${why ?? 'arrêté avant la fin'}`),
  unverified: (environment: string) =>
    inBoth(
      `its message speaks of ${environment}, which was never verified: skip it with a reason, or roll back`,
      `son message parle de ${environment}, qui n'a jamais été vérifié : passez outre avec une raison, ou revenez en arrière`,
    ),
  freeze: (because: string) =>
    inBoth(
      `a freeze began (${because}): finish with resume, leave it held, or roll back`,
      `un gel a commencé (${because}) : terminez par resume, laissez suspendu, ou revenez en arrière`,
    ),
  neverOpens: inBoth(
    'by the calendar it never begins: override the window, skip it with a reason, or call the launch off',
    "d'après le calendrier elle ne commence jamais : passez outre la fenêtre, sautez-la avec une raison, ou annulez le lancement",
  ),
  unreachable: inBoth(
    'what it needs cannot be done any more: skip it with a reason, or roll back',
    'ce dont elle a besoin ne peut plus être fait : passez outre avec une raison, ou revenez en arrière',
  ),
} as const;

function inBoth(en: string, fr: string): Reasoned {
  return { reason: en, reasons: { en, fr } };
}
