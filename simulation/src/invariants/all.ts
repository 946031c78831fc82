import { attempts } from './attempts.ts';
import { blindRepeats } from './blind-repeats.ts';
import { calendar } from './calendar.ts';
import { cohorts } from './cohorts.ts';
import { gates } from './gates.ts';
import { holds } from './holds.ts';
import { honestState } from './honest-state.ts';
import { inTheDark } from './in-the-dark.ts';
import type { Invariant, Setting } from './invariant.ts';
import { lengths } from './lengths.ts';
import { noOutage } from './no-outage.ts';
import { notices } from './notices.ts';
import { pages } from './pages.ts';
import { replay } from './replay.ts';
import { tellings } from './tellings.ts';
import { ticks } from './ticks.ts';
import { trafficFirst } from './traffic-first.ts';
import { votes } from './votes.ts';
import { watched } from './watched.ts';
import { wayBackEnds } from './way-back-ends.ts';
import { wayBackOrder } from './way-back-order.ts';
import { worldAgrees } from './world-agrees.ts';

/** Everything that must always be so, fresh for one launch. */
export function allInvariants(setting: Setting): readonly Invariant[] {
  return [
    gates(setting),
    votes(setting),
    ticks(setting),
    holds(),
    watched(),
    lengths(setting),
    attempts(),
    blindRepeats(setting),
    wayBackOrder(setting),
    wayBackEnds(setting),
    worldAgrees(setting),
    noOutage(setting),
    trafficFirst(setting),
    inTheDark(setting),
    cohorts(setting),
    notices(setting),
    pages(setting),
    calendar(setting),
    tellings(setting),
    honestState(setting),
    replay(setting),
  ];
}
