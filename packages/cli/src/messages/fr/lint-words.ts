import type { lintOptions as englishOptions, lintVerbs as englishVerbs } from '../en/lint-words.ts';

export const lintVerbs: typeof englishVerbs = {
  lint: "signaux d'alerte : comment un lancement tourne mal bien que le plan soit valide ; finit par 2 s'il y a une erreur",
  advise:
    'recommander comment lancer un changement, et dire pourquoi ; demande au terminal ce que les options ne disent pas',
};

export const lintOptions: typeof englishOptions = {
  lintFormat: 'text pour lire, sarif (2.1.0) pour les outils',
  strict: 'les avertissements finissent aussi par 2',
  change:
    "ce qui est lancé : une fonctionnalité, une migration de données, ou un changement d'infrastructure ou de réglages",
  users: "combien de personnes l'utilisent",
  traffic: 'requêtes auxquelles la production répond : 50/s, 3000/min',
  reversible: "si l'ancienne version tourne encore après le changement",
  instances: "combien d'instances servent la production",
  router: 'si quelque chose peut partager le trafic entre deux versions',
  flags: 'si le code a des feature flags',
  risk: "high : une panne touche l'activité aussitôt",
  audience: 'des particuliers (b2c) ou des entreprises (b2b)',
  compliance: 'si la conformité exige une version entière à la fois (par défaut : no)',
  loadUnproven: "s'il faut d'abord voir sa tenue en charge (par défaut : no)",
  fixedDate: "si une date est fixée où tous doivent l'avoir (par défaut : no)",
};
