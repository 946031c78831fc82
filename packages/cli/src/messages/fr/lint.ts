import type { lint as english } from '../en/lint.ts';
import { plural } from './plural.ts';

export const lint: typeof english = {
  severities: { error: 'erreur', warning: 'avertissement', info: 'note' },
  passedOver: (until, because) => `ignoré jusqu'au ${until} : ${because}`,
  counts: (file, counts) =>
    `${file} : ${plural(counts.errors, 'erreur')}, ${plural(counts.warnings, 'avertissement')}, ${plural(counts.notes, 'note')}${counts.passed === 0 ? '' : ` ; ${counts.passed} ignorés`}`,
  none: (file) => `${file} : aucun signal d'alerte`,
  why: 'Pourquoi :',
  alsoDo: 'Et aussi :',
  fragment: 'Un plan pour commencer ; vérifiez-le avec « slipway validate » :',
  missing: (flags) => `sans terminal où demander, il faut donner ${flags}`,
  wrongTraffic: 'un nombre de requêtes par durée, comme 50/s ou 3000/min',
  wrongNumber: 'un nombre entier',
  yesNo: 'yes ou no',
  again: (expected) => `attendu : ${expected}`,
  gaveUp: 'aucune réponse utilisable',
};
