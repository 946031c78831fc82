import type { failures as english } from '../en/failures.ts';

/** Pourquoi quelque chose n'a pas pu être fait, et que faire. */
export const failures: typeof english = {
  emptyValue: "c'est vide",
  longValue: (most) => `c'est plus long que ${most} caractères`,
  wrongValue: 'cette valeur ne convient pas',
  badOption: (name, why) => `--${name} : ${why}`,
  otherVersion: (place, why) =>
    `la réponse du serveur n'est pas de cette version de Slipway (${place} : ${why}) : mettez à jour le plus ancien`,
  slow: (url) => `le serveur ${url} ne répond pas à temps`,
  slowAdvice: ' : est-il surchargé ? Réessayez',
  nobodyThere: (url) => `rien n'écoute sur ${url}`,
  nobodyAdvice: ' : démarrez un serveur avec « slipway serve », ou nommez-en un avec --server',
  unreachable: (url, why) => `le serveur ${url} est injoignable : ${why}`,
  strange: (url, status) => `${url} a répondu ${status}, et pas comme un serveur Slipway : vérifiez --server`,
  unknownToken: (url) =>
    `${url} ne connaît pas votre jeton : définissez SLIPWAY_TOKEN, ou nommez un fichier avec --token-file ; un admin de ce serveur en fait un avec slipway token create`,
  tooLong: (url, status) =>
    `${url} refuse une demande si longue (${status}) : regardez le jeton et les noms que vous avez donnés`,
  brokeOff: (why) => `la connexion s'est rompue : ${why}`,
  brokeOffAdvice: '. Réessayez',
  tooLarge: (most) => `la réponse dépasse ${most} octets et n'a pas été lue`,
  noJson: (path) => `la réponse de ${path} n'est pas du JSON : vérifiez --server`,
  serverDied: (why) => `le serveur n'a pas démarré : ${why}`,
  serverNotReady: (why) => `le serveur n'a pas été prêt à temps : ${why}`,
  noUrl: (text) => `${text} n'est pas l'adresse d'un serveur : écrivez http://127.0.0.1:7070`,
  secretInUrl: "pas de nom ni de mot de passe dans l'adresse : le jeton va dans SLIPWAY_TOKEN",
  noToken: 'un serveur nommé veut un jeton : définissez SLIPWAY_TOKEN, ou nommez un fichier avec --token-file',
  tokenWithoutServer: 'il y a un --token-file mais pas de serveur : nommez-en un avec --server ou SLIPWAY_SERVER',
  badToken: "le jeton contient des caractères qu'aucun jeton n'a : recopiez-le",
  unreadable: (file, why) => `${file} ne peut pas être lu : ${why}`,
  unwritable: (file, why) => `${file} ne peut pas être écrit : ${why}`,
  notSurelyServer: (pid) =>
    `le processus ${pid} ne répond pas comme le serveur : regardez-le avant de l'arrêter à la main`,
  doesNotEnd: (pid) =>
    `le serveur (processus ${pid}) doit finir et tourne encore : du travail se termine peut-être ; réessayez`,
  cannotEnd: (pid, why) => `le serveur (processus ${pid}) ne peut pas être arrêté : ${why}`,
  noServerInstalled:
    "aucun serveur Slipway n'est installé avec cette commande : installez-le, ou nommez-en un avec --server",
  noLocalToken: (folder) => `il n'y a pas de jeton dans ${folder} : démarrez-y le serveur une fois`,
  othersFile: (file) =>
    `${file} appartient à un autre utilisateur et n'est pas cru : faites un chown si vous savez qu'il est à vous ; sinon travaillez dans un dossier à vous, ou nommez un serveur avec --server`,
  openToOthers: (path) =>
    `d'autres utilisateurs peuvent écrire ${path}, qui n'est donc pas cru : lancez chmod go-w ${path}`,
  brokenServerFile: (file) => `${file} est abîmé : arrêtez le serveur et supprimez-le`,
  nothingRuns: (folder) =>
    `aucun serveur ne tourne ${folder === null ? 'dans ce dossier' : `pour ${folder}`} ni au-dessus : démarrez-en un avec « slipway serve » ou « slipway start »`,
  unprotected: (url) => `Attention : ${url} n'est pas chiffré ; on peut lire le jeton en chemin.`,
  gone: (folder) => `le serveur de ${folder} n'est plus là : démarrez-le avec « slipway serve »`,
  noPhrase: 'sans terminal, la phrase va dans --phrase',
  noLaunch: "Il n'y a pas encore de lancement.",
  noActiveLaunch: "aucun lancement n'est actif : démarrez-en un, ou nommez-en un avec --launch",
  severalLaunches: 'plusieurs lancements sont actifs : nommez-en un avec --launch',
  retryWhich: 'dites quelle étape échouée doit être refaite',
  noPage: (written) => `« ${written} » n'est pas une alerte : écrivez son numéro, comme 2`,
  runsAlready: (url, pid) => `un serveur tourne déjà ici sur ${url} (processus ${pid})`,
  planOutside: (workspace) =>
    `le plan est hors du dossier ${workspace} du serveur : démarrez un serveur là, ou donnez --directory`,
  planTooLarge: (file) => `${file} est trop grand pour un plan : 1 Mo au plus`,
  notUtf8: (file, offset) =>
    `${file} n'est pas en UTF-8 à l'octet ${offset} : enregistrez-le en UTF-8, ce que sait faire tout éditeur`,
  noPlan: (file) => `il n'y a pas de ${file} ici : écrivez-en un avec « slipway init », ou nommez un autre fichier`,
  noRecord: (file) => `${file} n'est pas un compte rendu en JSON : faites-en un avec « slipway report --format json »`,
  badDataFolder: (folder, why) =>
    `le dossier de données ${folder} ne peut pas être écrit (${why}) : rendez-le accessible, ou nommez-en un autre avec --data`,
  unexpected: (why) => `quelque chose d'inattendu a échoué : ${why}`,
};
