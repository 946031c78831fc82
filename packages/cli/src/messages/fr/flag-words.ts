import type { flagOptions as englishOptions, flagVerbs as englishVerbs } from '../en/flag-words.ts';

/** À quoi servent les commandes sur les drapeaux. */
export const flagVerbs: typeof englishVerbs = {
  flags: 'drapeaux de fonctionnalité : qui reçoit quoi, et comment cela change',
  'flags list': "les ensembles de drapeaux du serveur, ou les drapeaux d'un ensemble",
  'flags show': 'un drapeau : qui reçoit quoi maintenant, et pourquoi',
  'flags history': 'ce qui est arrivé à un ensemble ou à un de ses drapeaux, du plus récent au plus ancien',
  'flags validate': 'vérifier des fichiers de définitions ; chaque problème à sa place',
  'flags apply':
    "donner à un ensemble ce que des fichiers définissent ; ce qu'un fichier ne définit plus quitte l'ensemble. Un fichier est connu par son nom tel qu'écrit ici",
  'flags define':
    'définir un drapeau dans le serveur : le fichier est de définitions, comme pour apply, et ce drapeau en est pris',
  'flags remove': 'supprimer un drapeau défini dans le serveur',
  'flags ramp': 'donner une variante à une part des gens ou à un segment ; personne ne la perd ensuite',
  'flags end-ramp': "terminer l'extension : les règles de la définition disent de nouveau qui reçoit quoi",
  'flags schedule': 'changer un drapeau à un moment à venir',
  'flags cancel': 'annuler un changement prévu',
  'flags proposals': "changements qui attendent l'approbation d'une autre personne",
  'flags approve': "approuver le changement de quelqu'un d'autre ; il est fait aussitôt",
  'flags reject': "refuser un changement ; il n'est pas fait",
  'flags policy': 'qui doit approuver, et à qui les coupures sont dites ; avec --file, le fixer',
  'flags stale': "drapeaux à supprimer, d'un ensemble ou de tous, et comment",
  'flags status': "ce que le serveur sert d'un ensemble, et jusqu'où est allé le dernier changement",
  'flags evaluate': "ce que quelqu'un recevrait, et pourquoi ; rien n'est compté",
  'flags keys': "clés d'évaluation, avec lesquelles les applications demandent les drapeaux",
  'flags keys list': "clés d'évaluation d'un ensemble",
  'flags keys create': "créer une clé d'évaluation ; montrée une seule fois",
  'flags keys revoke': "révoquer une clé d'évaluation ; qui l'emploie est refusé",
  kill: 'servir à tous, tout de suite, la variante de repli ; ne demande aucune approbation',
  unkill:
    'rétablir un drapeau coupé : ses règles disent de nouveau qui reçoit quoi ; une extension en cours a fini avec la coupure',
};

/** À quoi servent leurs options. */
export const flagOptions: typeof englishOptions = {
  set: "l'ensemble de drapeaux, par exemple shop.production",
  setWhere: "l'ensemble ; inutile si un seul a ce drapeau",
  create: "créer l'ensemble s'il n'existe pas",
  bucketing: "d'un ensemble créé : comment les gens entrent dans les parts, pour toujours",
  dryRun: 'seulement dire ce qui changerait',
  flagFile: 'un fichier de définitions qui a ce drapeau',
  policyFile: 'les règles en JSON ou YAML : approvals, channels, language',
  percent: 'tant pour cent de tous, ou de --of ; choisis par le hachage de leur targeting key',
  of: 'le segment dont --percent est une part',
  segment: 'un segment qui la reçoit en entier ; peut être donné plusieurs fois',
  variant: "la variante ; inutile s'il n'y en a qu'une à part le repli",
  cohort:
    'graine de la cohorte : les drapeaux qui ont la même touchent les mêmes gens (par défaut : la clé du drapeau)',
  over: 'étendre sur tant de temps : 90m, 6h, 3d ; avec --to et --every',
  to: "la dernière part d'une extension dans le temps, en pour cent",
  every: 'à quel rythme elle avance : 30m, 1h',
  at: 'quand : 2026-11-24T10:00 dans votre fuseau, ou avec un décalage, 2026-11-24T10:00Z',
  kill: 'servir alors à tous la variante de repli ; demande --reason',
  endRamp: "terminer alors l'extension",
  flagReason: "pourquoi ; reste dans l'historique, et nécessaire si les règles demandent une approbation",
  historyLimit: 'combien, de 1 à 1000',
  before: 'seulement ce qui précède ce numéro',
  check: "finir avec le code 1 s'il y en a : pour faire échouer une compilation",
  keyKind: 'server : lit aussi les définitions ; client : peut être dans un navigateur, évalue et rapporte seulement',
  context: 'de qui il s\'agit, en JSON : {"targetingKey":"u1","country":"FR"}',
};
