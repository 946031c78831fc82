import type { judge as english } from '../en/judge.ts';

const DECISIONS = { abort: 'abandon', promote: 'promotion', hold: 'suspension', continue: 'suite' };

/** Ce que dit le juge quand on l'interroge seul. */
export const judge: typeof english = {
  decided: (decision, second) =>
    second === null ? DECISIONS[decision] : `${DECISIONS[decision]} à la seconde ${second}`,
  dispersion: (shards, found, expected) => `dispersion de ${shards} parts ${found} (attendu ${expected})`,
  campaign: (reps, aborts, promotes) => `${reps} flux tirés : ${aborts} abandonnés, ${promotes} promus`,
  notMet: 'pas comme attendu',
  progress: (done, all) => `${done} sur ${all}`,
  summary: ({ meet, cases, sameEvidence, withEvidence }) =>
    `${meet} sur ${cases} comme attendu ; ln E identique à la sixième décimale dans ${sameEvidence} sur ${withEvidence}`,
  noCases: (file) => `${file} n'est pas un fichier de cas de référence (format 1)`,
  tooLarge: (file, most) => `${file} dépasse ${most} Mo`,
};
