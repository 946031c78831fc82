import type { AdviceWords } from './advice-words.ts';

export const fr: AdviceWords = {
  strategies: {
    rolling: 'Progressif (rolling) : instance par instance',
    canary: "Canary : par parts croissantes du trafic, comparées à l'ancienne version",
    'blue-green': "Blue-green : tout le trafic d'un coup, l'ancienne version reste prête",
    'dark-launch': "Dark launch, puis canary : des copies du trafic d'abord, les gens ensuite",
    flag: 'Par feature flag : les gens le reçoivent par parts croissantes, aucune version ne bouge',
    'big-bang': "Big bang : tout le monde d'un coup, le jour dit",
    deploy: "Déploiement d'un coup, avec un contrôle et un retour en arrière",
  },
  rules: {
    standard: 'application standard : une panne est une gêne',
    'critical-risk': "critique : une panne touche l'activité aussitôt",
    'critical-size': 'critique : plus de 100 000 personnes, chaque version passe par paliers',
    'large-audience': '10 000 personnes ou plus : une part suffit pour reconnaître une mauvaise version',
    compliance: 'la conformité exige une version entière à la fois et un retour immédiat',
    'prove-load-first': 'sa tenue en charge reste à voir : du vrai trafic, dont personne ne voit les réponses',
    'small-product': 'moins de 10 000 personnes : le progressif suffit, deux environnements entiers seraient de trop',
    'fixes-roll': 'de 10 000 à 100 000 personnes, peu de risque : correctifs et petits changements en progressif',
    'migration-whole': "une migration : une version entière remplace l'autre, et l'ancienne attend",
    'infrastructure-whole':
      "plus de 100 000 personnes et un changement d'infrastructure : une version entière remplace l'autre",
    'flags-for-everything':
      'plus de 100 000 personnes et des flags dans le code : la fonctionnalité passe par flag, coupée en une seconde',
    'critical-feature-flag': "une fonctionnalité critique d'un petit produit : derrière un flag",
    'imposed-date': 'un petit produit, peu de risque, et une date où tout le monde doit l’avoir',
    'by-account': "des entreprises : compte par compte, les comptes pilotes d'abord",
    'little-traffic': "moins d'une requête par seconde : aucun palier ne distinguerait une mauvaise version du hasard",
    'no-router': "rien ne partage le trafic : la nouvelle version prend la place de l'ancienne",
    'no-router-flag': 'rien ne partage le trafic, mais le code a des flags : montez le flag',
    'one-instance': "une seule instance : il n'y a rien à parcourir",
  },
  notes: {
    'soft-launch': "Lancement doux : vos équipes et quelques autres d'abord, sans presse.",
    hybrid: 'Date imposée : lancement doux avant, valider, et tout le monde le jour dit.',
    'point-of-no-return': "Il n'y a pas de retour : quelqu'un tape une phrase avant, et l'approbation le dit.",
    'expand-contract':
      'Découpez la migration : étendre maintenant, les deux versions tournent dessus ; contracter dans un lancement ultérieur.',
    'keep-both':
      "Les deux versions tournent côte à côte un temps : l'ancienne doit supporter ce que la nouvelle écrit.",
    'flag-after': 'Gardez la fonctionnalité derrière son flag, et montez le flag dans un second lancement.',
    'b2c-hours':
      "B2C : lancez quand les gens achètent et que l'équipe est là, pas avant des soldes ; prévenez par e-mail et réseaux sociaux.",
    'b2b-hours': 'B2B : heures de bureau ; les responsables de compte préviennent les comptes pilotes avant.',
    'compliance-too': 'La conformité exige une version entière à la fois : le blue-green y répondrait mieux.',
  },
  fragment: {
    fillIn: 'À remplir',
    title: 'Une nouvelle version',
    clean: 'La copie de travail est propre',
    answers: 'La nouvelle version répond',
    rehearse: 'Faire une fois le retour en arrière en recette',
    migrate: 'Migrer les données',
    noReturn: "l'ancienne version ne tourne pas sur les nouvelles données",
    confirm: 'migrer la production',
    live: 'La nouvelle version est en ligne',
    there: 'Elle est là pour tout le monde.',
    back: 'La nouvelle version a été retirée',
  },
};
