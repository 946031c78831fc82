import type { Catalogue } from './catalogue.ts';
import { figuresIn } from './figures.ts';
import { numbersIn } from './numbers.ts';

const { share, count, percent } = numbersIn('fr');
const figures = figuresIn('fr-FR', 'moins de');

/** Chaque phrase du juge, en français. */
export const fr: Catalogue = {
  analysis: {
    percent: figures.percent,
    latency: figures.latency,
    figures: ({ fresh, old, requests }) => {
      const against = old === null ? '' : ` contre ${old.value} sur ${old.version}`;
      const after = `${figures.whole(requests)} ${requests < 2 ? 'requête' : 'requêtes'}`;
      return `${fresh.value} sur ${fresh.version}${against} après ${after}`;
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
      unread: (metric) => `${metric} ne peut être comparé : il n'y a pas de mesure des deux versions`,
      noAnswers: (metric, fresh, old) =>
        `${metric} n'a pas été comparé : ${fresh} ou ${old} n'a rien répondu depuis que cette part est en place`,
    },
    missing: (version) =>
      `${version} répond ou rapporte bien moins que sa part du trafic : ce qui ne se voit pas n'est pas sûr`,
  },
  gauges: {
    amount: figures.amount,
    perMinute: (amount) => `${amount} par minute`,
    perHour: (amount) => `${amount} par heure`,
    over: ({ metric, fresh }, level, limit) => `${metric} est à ${level} sur ${fresh} et doit rester sous ${limit}`,
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
    says: (requests, what, more) => `${requests} : ${what}${more === '' ? '' : ` ; ${more}`}`,
    alone: 'rien à quoi comparer, tout le trafic va à la nouvelle version',
    tolerated: (sought, usual) => `${share(sought)} contre ${share(usual)} reste dans la marge`,
    cannotTell: (sought, usual) => `ne distingue pas ${share(sought)} de ${share(usual)}`,
    findsSome: (sought, usual, chance) =>
      `trouve ${share(sought)} contre ${share(usual)} dans ${percent(chance)} des lancements`,
    finds: (sought, usual, time) => `trouve ${share(sought)} contre ${share(usual)} en ${time} environ`,
    foundBefore: (sought, usual) => `${share(sought)} contre ${share(usual)} était déjà trouvé, le cas échéant`,
    begun: (time) => `si cela ne commence qu'ici, en ${time} environ`,
    atTheEnd: (least) => `à la fin aussi ${share(least)}`,
    needs: { time: (time) => `il faut ${time}`, weight: (weight) => `il faut ${weight} % du trafic` },
    needsEither: (time, weight) => `il faut ${time}, ou ${weight} % du trafic`,
    basis: (metric, perSecond, usual) =>
      `ce que chaque part trouve dans ${metric} à ${count(perSecond)} requêtes/s avec ${share(usual)} de mauvaises réponses sur l'ancienne version (supposé) :`,
    basisIfJudged: (perSecond, usual) =>
      `ce que chaque part trouverait si judge nommait une mesure, à ${count(perSecond)} requêtes/s avec ${share(usual)} de mauvaises réponses sur l'ancienne version (supposé) :`,
    unknownTraffic: (environments) =>
      `ce que chaque part peut trouver est inconnu : dites quel trafic reçoit ${environments}, par exemple traffic: 50/s`,
  },
};
