import type { Step } from '../../model/step.ts';
import type { Found, Looking } from '../rule.ts';

/** What people still tick with care. */
const MOST_BY_HAND = 30;

const isByHand = ({ kind }: Step): boolean => kind === 'task' || kind === 'signoff';

/** Waits and messages leave by themselves, and prove nothing. */
const isAutomatic = ({ kind }: Step): boolean => !['task', 'signoff', 'wait', 'announce'].includes(kind);

/** A list that is longer than anybody reads, and one in which nothing is checked by a machine. */
export function longHandList({ steps, pathOf }: Looking): readonly Found[] {
  const byHand = steps.filter(isByHand);
  const beyond = byHand[MOST_BY_HAND];
  const [first] = byHand;
  return [
    ...(beyond === undefined ? [] : [tooLong(pathOf(beyond), byHand.length)]),
    ...(first === undefined || steps.some(isAutomatic) ? [] : [nothingAutomatic(pathOf(first))]),
  ];
}

function tooLong(path: Found['path'], count: number): Found {
  const said = {
    en: `${count} items are ticked by hand, more than ${MOST_BY_HAND}: the last ones are ticked unread`,
    fr: `${count} points se cochent à la main, plus de ${MOST_BY_HAND} : les derniers sont cochés sans être lus`,
  };
  return { code: 'SLW016', severity: 'warning', path, said };
}

function nothingAutomatic(path: Found['path']): Found {
  const said = {
    en: 'everything here is ticked by hand: no check, command, deployment or soak',
    fr: 'tout se coche à la main : ni contrôle, ni commande, ni déploiement, ni observation',
  };
  return { code: 'SLW017', severity: 'warning', path, said };
}
