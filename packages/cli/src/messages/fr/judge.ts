import type { judge as english } from '../en/judge.ts';
import { plural } from './plural.ts';

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
  versions: { new: 'la nouvelle version', old: "l'ancienne version" },
  looks: (count) => plural(count, 'regard'),
  wouldDecide: (decision, second) =>
    decision === 'fail' ? `revient en arrière à la seconde ${second}` : `peut finir plus tôt dès la seconde ${second}`,
  undecided: { continue: 'continue', suspect: 'semble pire : la montée s’arrêterait là' },
  suspectedAt: (second) => `suspecte dès la seconde ${second}`,
  evidence: (value, needed) => `indice ${value} sur ${needed}`,
  verdicts: {
    pass: 'noté : réussi',
    fail: 'noté : échec',
    'insufficient-data': 'noté : trop peu de données',
    'telemetry-broken': 'noté : télémétrie en panne',
  },
  noVerdict: 'finie sans verdict',
  same: 'identique au dernier chiffre',
  differs: 'PAS identique',
  nothing: 'rien',
  difference: (what, recorded, recomputed) => `${what} : noté ${recorded}, recalculé ${recomputed}`,
  discrepancies: {
    'looks-missing': 'des regards manquent dans le compte rendu',
    'looks-differ': 'des regards notés deux fois ne sont pas les mêmes',
    'other-judge': "gardé par un juge d'autres règles ou constantes : une autre version de Slipway l'a écrit",
    'state-differs': "l'indice gardé n'est pas celui que donnent les regards",
  },
  recordSummary: ({ shares, same, looks }) =>
    `${same} sur ${plural(shares, 'observation')} identiques au dernier chiffre, sur ${plural(looks, 'regard')}`,
  noComparison: (file) =>
    `${file} ne compare aucune version : aucune étape de son plan n'a « judge », ou aucune n'a encore été observée`,
  otherRecord: (file) => `${file} est le compte rendu d'une autre version de Slipway : rejouez-le avec celle-là`,
  strangeEvent: (file, place) =>
    `${file} a un événement que cette version de Slipway ne lit pas (${place}) : rejouez-le avec la version qui l'a écrit`,
  torn: (file, effect) => `${file} parle de ${effect}, mais son plan n'a pas de telle part à juger`,
  missingEvent: (file, seq) => `${file} n'est pas entier : l'événement ${seq} manque ou n'est pas à sa place`,
  noEvent: "ceci n'est pas un événement d'un compte rendu",
  noData: (file) =>
    `${file} n'est ni le compte rendu d'un lancement ni une série enregistrée : une série est du CSV qui commence par second,new_units,new_bad,old_units,old_bad, ou du JSON tel que {"metrics": {"errors": {"unit": "ratio", "new_units": [], …}}}`,
  noSeries: (file) => `${file} n'est pas une série qui puisse être rejouée`,
  oneFile: 'nommez un fichier : un compte rendu ou une série, ou un fichier de cas avec --cases',
  rulesOfSeries:
    'un compte rendu et un fichier de cas ont leurs propres règles : marges et risques valent pour une série enregistrée',
  idleAmount: (option) =>
    `--${option} ne vaut pour aucune métrique de ce fichier : les parts veulent un pourcentage (0.1%), les latences une durée (20ms)`,
  noShards: (file) =>
    `${file} ne contient pas de fragments sur lesquels étalonner : il faut du CSV qui commence par second,shard,units,bad, ou du JSON tel que {"units": [[]], "bad": [[]]}, par seconde et fragment`,
  live: {
    fileOrSource:
      'nommez un fichier de fragments, ou ce qui tourne : --environment et --metric, avec --plan si le plan n’est pas launch.yaml',
    progress: ({ at, of, shards, units, bad, share }) =>
      `${at} sur ${of} · ${plural(shards, 'fragment')} · ${units} unités · ${bad} mauvaises${share === null ? '' : ` (${share})`}`,
    shard: {
      came: (shard) => `${shard} est arrivé : sa série commence`,
      gone: (shard) => `${shard} a disparu : sa série s’arrête`,
      'began-again': (shard) => `${shard} a recommencé : sa série s’arrête, une autre commence`,
    },
    news: {
      restarted: 'tous les compteurs ont recommencé : ce qui fut compté entre-temps est laissé de côté',
      'too-many': 'il y a plus de fragments que l’on peut en calibrer : les derniers venus sont laissés de côté',
      heard: 'la source répond de nouveau',
    },
    stopped: {
      silent: (reason) => `la source se tait : ${reason}`,
      ended: (reason) => `cela ne va pas plus loin, avec ce qu’il y a : ${reason}`,
    },
    otherVersion: (version) => `${version} est maintenant en service : cela ne va pas plus loin, avec ce qu’il y a`,
  },
  calibration: {
    trusted: 'on peut se fier à cette métrique',
    notTrusted:
      'on ne peut PAS se fier à cette métrique : jugez sur une autre, ou sur une unité qui échoue seule, comme un utilisateur',
    basis: ({ seconds, shards, newShards, bad }) =>
      `${bad} mauvais en ${seconds} secondes de ${shards} fragments, dont ${newShards} comme nouvelle version`,
    price: (dispersion) =>
      `le mauvais vient en grappes : il faut environ ${dispersion} fois plus de temps pour être sûr`,
    instances: (dispersion) =>
      `le mauvais vient en grappes : cela vaut si ces fragments sont des instances, et si un routeur compte par instance à l'instant ; sinon ${dispersion === null ? 'on ne peut PAS se fier à cette métrique' : `dites dispersion: ${dispersion}, avec quoi il faut environ ${dispersion} fois plus de temps pour être sûr`}`,
    untried: {
      'too-few':
        "les instances n'ont pas été comparées entre elles : avec si peu comme nouvelle version, ou à côté d'elle, aucun mal ne pourrait être trouvé ; --new-shards dit combien",
      'too-long':
        "les instances n'ont pas été comparées entre elles : tant prennent trop de temps ; avec --new-shards, moins jouent la nouvelle version",
    },
    compared: ({ setting, runs, alarms, atMost, newest }) =>
      `l'ancienne version contre elle-même, ${setting} : ${plural(alarms, 'fausse alerte', 'fausses alertes')} en ${plural(runs, 'lancement')}${newest === null ? '' : ` des ${newest} dernières secondes`}, risque d'au plus ${atMost}`,
    shared:
      "la borne est exacte pour des lancements qui n'ont rien en commun ; ceux-ci partagent leurs données, elle vaut donc pour ce qui s'y trouvait",
    lacks: {
      seconds: (have, least) => `nul ne peut le dire : ${have} secondes de données sont trop peu, il en faut ${least}`,
      shards: (have, least) =>
        `nul ne peut le dire : ${plural(have, 'fragment')} à côté de ceux qui jouent la nouvelle version, c'est trop peu, il en faut ${least}`,
      bad: (have, least) =>
        `nul ne peut le dire : ${plural(have, 'mauvais', 'mauvais')} ne montrent pas s'ils viennent en grappes, il en faut ${least}`,
    },
  },
  csv: {
    header: (expected) => `la première ligne doit être ${expected}`,
    columns: (count) => `${plural(count, 'colonne')}, pas autant que l'en-tête`,
    number: (column, cell) => `${column} vaut « ${cell} », pas un nombre d'au moins 0`,
    moreBad: (bad, units) => `${bad} dépasse ${units}`,
    whole: 'second n’est pas un nombre entier',
    order: (second, last) => `la seconde ${second} vient après ${last}`,
    twice: (second) => `la seconde ${second} y est deux fois`,
    shardName: 'le nom du fragment ne convient pas',
    tooManyShards: (most) => `plus de ${most} fragments`,
    name: 'le nom de la métrique ne convient pas',
    tooManyMetrics: (most) => `plus de ${most} métriques`,
    tooLong: (most) => `plus de ${most} secondes`,
    tooLarge: (most) => `un tableau peut avoir ${most} Mo`,
    empty: 'il ne contient aucune donnée',
  },
  tooLarge: (file, most) => `${file} dépasse ${most} Mo`,
};
