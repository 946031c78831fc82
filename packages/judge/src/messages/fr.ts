import type { Catalogue } from './catalogue.ts';
import { figuresIn } from './figures.ts';
import { numbersIn } from './numbers.ts';

const { share, count, percent, low: lowEdge, high: highEdge } = numbersIn('fr');
const figures = figuresIn('fr-FR', 'moins de');

/** Chaque phrase du juge, en français. */
export const fr: Catalogue = {
  analysis: {
    percent: figures.percent,
    latency: figures.latency,
    figures: ({ fresh, old, requests }) => {
      const against = old === null ? '' : ` contre ${old.value} sur ${old.version}`;
      const after =
        requests === null ? '' : ` après ${figures.whole(requests)} ${requests < 2 ? 'requête' : 'requêtes'}`;
      return `${fresh.value} sur ${fresh.version}${against}${after}`;
    },
    about: (metric, shown) => `${metric} ${shown}`,
    harm: (metric, shown, launches) =>
      `${metric} : ${shown} ; par hasard, cela arrive dans moins de 1 lancement sur ${figures.whole(launches)}`,
    suspicion: (metric, shown, launches) =>
      `${metric} semble pire : ${shown} ; par hasard, cela arrive dans moins de 1 lancement sur ${figures.whole(launches)} : trop peu pour revenir en arrière, trop pour continuer`,
    sound: (shown, evidence, needed) =>
      `aucun signe de dégradation : ${shown.join(', ')} (indice ${count(evidence)} sur ${count(needed)})`,
    shown: (shown) => `reste prouvé dans ses marges : ${shown.join(', ')}`,
    shared: (metric, shown) =>
      `${metric} dépasse sa limite sur les deux versions : ${shown} ; ce que la nouvelle y change ne peut être dit`,
    uncompared: {
      unread: (metric, why) =>
        `${metric} ne peut être comparé : il n'y a pas de mesure des deux versions${why === null ? '' : ` : ${why}`}`,
      noAnswers: (metric, fresh, old) =>
        `${metric} n'a pas été comparé : ${fresh} ou ${old} n'a rien répondu depuis que cette part est en place`,
    },
    fewInstances: (metric, { new: fresh, old, versions }) =>
      `${metric} ne peut être comparé instance par instance : ${fresh} de ${versions.new} et ${old} de ${versions.old} sont trop peu pour que rien ne soit trouvé ; il en faut plus, ou comparer les requêtes`,
    missing: (version) =>
      `${version} répond ou rapporte bien moins que sa part du trafic : ce qui ne se voit pas n'est pas sûr`,
    excess: (version, seen, asked) =>
      `${version} répond à ${figures.percent(seen)} des requêtes ; ${figures.percent(asked)} étaient demandés`,
    inAll: (shown, times) => `${shown} ; en tout ${times}`,
    times: (low, high) => {
      if (low === null) return `moins de ${highEdge(high ?? Infinity)} fois autant`;
      if (high === null) return `plus de ${lowEdge(low)} fois autant`;
      return `entre ${lowEdge(low)} et ${highEdge(high)} fois autant`;
    },
  },
  conditions: {
    broken: (shown, asked) => {
      const all = shown.map(({ label, text }) => `${label} : ${text}`).join(' ; ');
      return asked === null ? all : `${all} (demandé : ${asked})`;
    },
    hold: (shown) =>
      `toutes les conditions tiennent : ${shown.map(({ label, text }) => `${label} ${text}`).join(', ')}`,
    uncounted: (said, version) => `${said} ; nul ne sait à combien de requêtes ${version} a répondu`,
    none: (version) => `rien n'est jugé : le plan ne pose aucune condition pour ${version}`,
    silent: (time, limit, why) =>
      `aucune mesure utilisable depuis ${time} ; la limite est de ${limit}${why === null ? '' : ` (${why})`}`,
    duration: (milliseconds) => figures.duration(milliseconds) ?? 'un temps inconnu',
    openings: {
      missing: (why) => `aucune mesure : ${why}`,
      'too-few': (why) => `pas assez pour juger : ${why}`,
    },
    reason: ({ reason, reasons }) => reasons?.fr ?? reason,
    unread: "elle n'a pas été lue",
    blind: 'une condition ne lit aucune mesure',
    missing: (metric, version, reason) => `${metric} sur ${version} : ${reason}`,
    notFinite: "sa valeur n'est pas un nombre fini",
    contradicting: 'ses comptes se contredisent',
    oldVersion: "l'ancienne version",
    unanswered: (version, metric) => `${version} n'a répondu à aucune requête : ${metric} ne peut être comparé`,
    undecided: (reason) => `impossible de trancher : ${reason}`,
    never: (metric) => `aucun nombre de requêtes ne suffit pour ${metric}`,
    few: ({ version, seen, needed, metric }) => {
      const wanted = metric === null ? 'nécessaires' : `nécessaires pour ${metric}`;
      const requests = seen < 2 ? 'requête' : 'requêtes';
      return `${version} a répondu à ${figures.whole(seen)} ${requests} sur les ${figures.whole(needed)} ${wanted}`;
    },
    unknownCount: (version, needed) =>
      `nul ne sait si ${version} a répondu aux ${figures.whole(needed)} requêtes nécessaires : les jauges n'en comptent aucune`,
  },
  copies: {
    nothing: "aucune paire de réponses n'a pu être comparée",
    leftOut: (said, copies) => `${said} ; écartées jusqu'ici : ${copies.join(', ')}`,
    reasons: {
      unselected: (copies) => `${figures.whole(copies)} dont la réponse n'a rien de ce qui est à comparer`,
      tooLarge: (copies) => `${figures.whole(copies)} trop ${copies < 2 ? 'grande' : 'grandes'}`,
      busy: (copies) => `${figures.whole(copies)} faute de place`,
      brokenOff: (copies) => `${figures.whole(copies)} ${copies < 2 ? 'interrompue' : 'interrompues'}`,
    },
  },
  gauges: {
    amount: figures.amount,
    perMinute: (amount) => `${amount} par minute`,
    perHour: (amount) => `${amount} par heure`,
    over: ({ metric, fresh }, level, limit) => `${metric} est à ${level} sur ${fresh} et doit rester sous ${limit}`,
    under: ({ metric, fresh }, level, limit) =>
      `${metric} est à ${level} sur ${fresh} et doit rester au-dessus de ${limit}`,
    more: ({ metric, fresh, old }, levels, times) =>
      `${metric} est à ${levels.fresh} sur ${fresh} contre ${levels.old} sur ${old}, pour au plus ${times} fois autant`,
    rises: ({ metric, fresh }, rate) => `${metric} monte de ${rate} sur ${fresh}`,
    notOn: (old) => ` (plus que sur ${old})`,
    reaches: (limit, time) => ` et atteint ${limit} dans ${time}`,
    noProof: (said) =>
      `${said} ; un relevé, pas une preuve : aucune promesse sur les fausses alertes ne vaut pour une jauge`,
    noTrendProof: (said) =>
      `${said} ; une tendance, pas une preuve : aucune promesse sur les fausses alertes ne vaut pour une jauge`,
    steady: ({ metric, fresh }, level) => `${metric} reste à ${level} sur ${fresh}`,
    at: ({ metric, fresh }, level) => `${metric} est à ${level} sur ${fresh}`,
    noPromise: (said) => `${said.join(', ')} (aucune promesse sur les fausses alertes ne vaut pour une jauge)`,
    unknown: {
      level: ({ metric, fresh }) => `${metric} sur ${fresh} a été lu trop rarement de suite pour être jugé`,
      old: ({ metric, old }) => `${metric} sur ${old} n'est pas connu : rien à quoi comparer`,
      ratio: ({ metric, fresh, old }) =>
        `${metric} sur ${fresh} ne peut être tant de fois celui de ${old} : il faut des valeurs au-dessus de 0`,
      slope: ({ metric, fresh }, read, needed) =>
        `si ${metric} monte sur ${fresh} n'est pas connu : ${figures.whole(read)} des ${figures.whole(needed)} relevés que demande une pente`,
    },
  },
  identity: {
    instance: (id, version) => `l'instance ${id} de ${version}`,
    other: (instance, said) =>
      `${instance} répond en tant que ${said} : ce qui est mesuré n'est pas la nouvelle version`,
    unknown: (version, why) => `nul ne sait si c'est bien ${version} qui est mesurée : ${why}`,
    asking: "ses instances sont interrogées et n'ont pas encore répondu",
    untold: "nul n'a pu dire quelles instances interroger, ni sur quoi",
    unready: "aucune de ses instances n'est prête",
    silent: (instance) => `${instance} ne répond pas`,
    tooLarge: (instance) => `la réponse de ${instance} est trop grande`,
    noJson: (instance) => `la réponse de ${instance} n'est pas du JSON`,
    status: (instance, status) => `${instance} répond avec le statut ${status}`,
    nothing: (instance, place) => `${instance} ne donne aucune version à ${place}`,
  },
  power: {
    requests: (requests) => `${count(requests)} ${requests < 2 ? 'requête' : 'requêtes'}`,
    times: {
      seconds: (value) => `${value} s`,
      minutes: (value) => `${value} min`,
      hours: (value) => `${value} h`,
      days: (value) => (value === 1 ? '1 jour' : `${count(value)} jours`),
    },
    share,
    slower: (times) => `${count(times)} fois plus lent`,
    asUsual: "l'habituel",
    unnamed: 'mauvaises réponses',
    says: (lead, parts) => `${lead === '' ? '' : `${lead} : `}${parts.filter((part) => part !== '').join(' ; ')}`,
    of: (metric, said) => `${metric} : ${said}`,
    from: (metric, least) => `${metric} dès ${least}`,
    downTo: (metric, most) => `${metric} dès une baisse à ${most}`,
    byLimit: (found) => `${found} par sa limite`,
    findings: (found, nothing) => {
      const none = nothing.length === 0 ? [] : [`rien dans ${nothing.join(' ni ')}`];
      return `${found.length === 0 ? 'ne trouve' : 'trouve'} ${[...found, ...none].join(', ')}`;
    },
    notKnown: (metrics) => `inconnu pour ${metrics.join(' et ')}`,
    alone: 'rien à quoi comparer, tout le trafic va à la nouvelle version',
    against: (sought, usual) => `${sought} contre ${usual}`,
    tolerated: (metric, sought) => `${sought} dans ${metric} reste dans la marge`,
    cannotTell: (sought, usual) => `ne distingue pas ${sought} de ${usual}`,
    findsSome: (sought, chance) => `trouve ${sought} dans ${percent(chance)} des lancements`,
    slowest: (metric) => `${metric} en dernier : `,
    inTime: (sought, time) => `${sought} en ${time} environ`,
    foundBefore: (sought, begun) => `${sought} était déjà trouvé, le cas échéant${begun === '' ? '' : ` ; ${begun}`}`,
    begun: (time) => `si cela ne commence qu'ici, en ${time} environ`,
    needs: { time: (time) => `il faut ${time}`, weight: (weight) => `il faut ${weight} % du trafic` },
    needsEither: (time, weight) => `il faut ${time}, ou ${weight} % du trafic`,
    basis: (perSecond, isNamed) => {
      const what = isNamed
        ? 'ce que chaque part trouve dans 9 lancements sur 10'
        : 'ce que chaque part trouverait si judge nommait une mesure';
      return `${what}${perSecond === null ? '' : `, à ${count(perSecond)} requêtes/s`} :`;
    },
    usualBad: (usual) => `${share(usual)} de mauvaises sur l'ancienne version`,
    usualGood: (usual) => `${share(usual)} sur l'ancienne version`,
    usualAt: (quantile, milliseconds) => `p${count(quantile * 100)} de ${figures.latency(milliseconds)}`,
    median: (milliseconds) => `médiane de ${figures.latency(milliseconds)}`,
    tail: (times) => `p99 à ${count(times)} fois la médiane`,
    shape: (at, spread) => `${at === '' ? '' : `${at}, `}${spread} sur l'ancienne version, prise pour log-normale`,
    assumed: (said) => `${said} (supposé)`,
    ownTraffic: (perSecond) => `en compte ${count(perSecond)}/s`,
    clusters: (dispersion) => `par paquets de ${count(dispersion)}`,
    falseAlarms: (part) => `fausses alertes ${share(part)}`,
    unknown: {
      traffic: "ce qu'elle peut trouver est inconnu : dites quel trafic il y a",
      visitors:
        "ce qu'elle peut trouver est inconnu : dites combien de visiteurs viennent, par exemple traffic: 120/h à côté de sa marge",
      usual:
        "ce qu'elle peut trouver est inconnu : sa marge ou sa limite est un temps, dites donc l'habituel, par exemple usual: 300ms",
      instances: "ce qu'elle peut trouver ne peut être dit : cela dépend de la ressemblance des instances comparées",
    },
    noPromise: (conditions, gauges) => {
      const what = [...conditions, ...gauges.map((gauge) => `la jauge ${gauge}`)];
      return `aucune promesse sur ce que trouvent ${what.join(', ')}`;
    },
    unknownTraffic: (environments) =>
      `ce que chaque part peut trouver est inconnu : dites quel trafic reçoit ${environments}, par exemple traffic: 50/s`,
  },
};
