import { LEAST_BAD } from '../analysis/ratio-track.ts';
import type { Channel, Subject } from './channel.ts';
import { latencySubject } from './latency-subject.ts';
import { limitWays, ONE_LEVEL } from './limit-ways.ts';
import type { PowerQuestion } from './question.ts';
import { slopesOf } from './stretch.ts';

/** What the judge weighs of a metric: the comparison, and its limit where it has one, each with half of the evidence. */
export function subjectOf(question: PowerQuestion): Subject {
  const { usual } = question;
  return typeof usual === 'number' ? ratioSubject(question, usual) : latencySubject(question, usual);
}

function ratioSubject({ rules, alpha, design }: PowerQuestion, usual: number): Subject {
  const { better, times, plus, limit, dispersion } = rules;
  const isLower = better === 'lower';
  const margin = isLower ? { ratio: times, points: plus } : { ratio: 1 / times, points: 0 };
  const grid = isLower ? design.up : design.down;
  const sharesAt = (harm: number) => ({ fresh: [harm], old: [usual] });
  const part = limit === null ? alpha : alpha / 2;
  const compared: Channel = {
    alpha: part,
    dispersion,
    grid,
    levels: ONE_LEVEL,
    sharesAt,
    slopesAt: (split) => slopesOf(grid, split, { ...margin, dispersion }),
  };
  const limited = limit === null ? [] : limitWays({ alpha: part, limit, dispersion, sharesAt }, design);
  return {
    ways: [[compared], ...limited],
    leastBad: isLower ? LEAST_BAD : 0,
    badAt: (harm) => harm,
    harms: { none: usual, allowed: margin.ratio * usual + margin.points, most: isLower ? 1 : 0 },
  };
}
