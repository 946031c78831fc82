import { quietUntil } from '@slipway/plan';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { waitingNotices } from '../program/quiet-notices.ts';
import { isWithdrawn } from '../program/withdrawn.ts';
import type { Flight } from '../testing/flight.ts';
import { done, failed } from '../testing/outcomes.ts';
import { flightWith, HOUR, MINUTE, QUIET, telling, wanted } from '../testing/quiet.ts';

/** How many messages of the plan a notice that leaves is. */
const standsFor = ({ standsFor: all = 1 }: Notice): number => all;

/** What became of a message: followed to the one that leaves in its place. */
function heir(launch: Launch, notice: Notice): Notice {
  const next = notice.replacedBy === undefined ? undefined : launch.notices[notice.replacedBy];
  return next === undefined ? notice : heir(launch, next);
}

const DEEDS = ['nothing', 'hold', 'fail', 'abort'] as const;

/** What people do, as far as the launch lets them. */
function act(flight: Flight, deed: (typeof DEEDS)[number]): void {
  const { is } = flight.launch.mode;
  if (is !== 'running' && is !== 'held') return;
  if (deed === 'hold') flight.do({ type: is === 'held' ? 'resume' : 'hold', reason: 'lunch' });
  if (deed === 'abort') flight.do({ type: 'abort', reason: 'enough' });
}

test('each message is sent, waits, stands in another or is withdrawn, none leaves twice or in quiet hours, however time goes', () => {
  const move = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 * 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: -30 * 60, max: -1 }) },
  );
  const deed = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...DEEDS.slice(0, 3)) },
    { weight: 1, arbitrary: fc.constant(DEEDS[3]) },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(move, deed), { maxLength: 60 }), (moves) => {
      const flight = flightWith([telling('started', { again: HOUR }), telling('held', { again: 2 * HOUR })]);
      const left: string[] = [];
      for (const [minutes, does] of moves) {
        flight.now += minutes * MINUTE;
        flight.do({ type: 'tick' });
        act(flight, does);
        const isOver = flight.launch.mode.is === 'ended';
        // Of two with the same words the second is wanted once the first is over.
        for (let [id] = wanted(flight); id !== undefined; [id] = wanted(flight)) {
          const notice = flight.launch.notices[id];
          const isQuiet = quietUntil(QUIET.quiet, flight.now)['team'] !== undefined;
          expect(notice?.moment === 'started' && (isQuiet || (isOver && notice.until !== undefined))).toBe(false);
          const isLost = does === 'fail' && (flight.launch.effects[id]?.attempt ?? 0) < 3;
          flight.run(id, isLost ? failed(true) : done());
          if (!isLost) left.push(id);
        }
      }
      const all = Object.values(flight.launch.notices);
      const heirs = new Set(all.map((notice) => heir(flight.launch, notice).id));
      const waits = new Set(waitingNotices(flight.launch).map(({ id }) => id));
      expect(new Set(left).size).toBe(left.length);
      for (const id of heirs) {
        const isRetried = flight.launch.effects[id]?.is === 'retrying';
        const notice = flight.launch.notices[id] as Notice;
        const fates = [left.includes(id), waits.has(id), isWithdrawn(flight.launch, notice)];
        expect(fates.filter(Boolean).length).toBe(isRetried && !fates[2] ? 0 : 1);
        expect(fates[2] && flight.launch.mode.is !== 'ended').toBe(false);
      }
      // One that was only queued anew, as the clock was set or quiet hours had begun, is no other message.
      const asked = all.filter(({ instead, standsFor: many = 1 }) => {
        const before = instead === undefined ? undefined : flight.launch.notices[instead];
        return before !== undefined && standsFor(before) === many;
      });
      const told = [...heirs].reduce((sum, id) => sum + standsFor(flight.launch.notices[id] as Notice), 0);
      expect(told).toBe(all.length - asked.length);
    }),
    { numRuns: 60 },
  );
});
