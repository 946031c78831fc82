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
    missing: (version) =>
      `${version} répond ou rapporte bien moins que sa part du trafic : ce qui ne se voit pas n'est pas sûr`,
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
