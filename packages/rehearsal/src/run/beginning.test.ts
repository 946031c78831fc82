import { ABSENT } from '@slipway/core';
import { registry } from '@slipway/providers';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../read-plan.ts';
import { GOOD, scenariosOf } from '../scenario/scenarios.ts';
import { WATCHED } from '../testing/watched-plan.ts';
import { Beginning } from './beginning.ts';
import type { Flown } from './flown.ts';
import { pathOf } from './good-path.ts';
import { rehearseScenario, type Stage } from './rehearse-scenario.ts';
import { rehearsedAt } from './setting.ts';

function stage(): Stage {
  const read = readPlan({ text: WATCHED, file: 'launch.yaml' }, registry);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return { ...rehearsedAt(read.plan, Date.UTC(2026, 10, 24, 9)), planDigest: 'digest', policy: null };
}

/** The hashes cover all that is in the events. */
const recordOf = ({ end, log, mails, asked, landings, faultAt }: Flown) => ({
  end,
  log: log.map(({ seq, at, hash }) => [seq, at, hash]),
  mails,
  asked,
  landings: [...landings],
  faultAt,
});

describe('a scenario that shares the beginning of the good path', () => {
  it('has the record that it has when it is worked out from the start', async () => {
    const at = stage();
    const beginning = new Beginning();
    const good = await rehearseScenario(at, GOOD, { beginning });
    beginning.close();
    const scenarios = scenariosOf(at.plan, pathOf(good));
    const shares = async (index: number): Promise<void> => {
      const scenario = scenarios[index % scenarios.length] ?? GOOD;
      const shared = await rehearseScenario(at, scenario, { beginning });
      expect([scenario.id, recordOf(shared)]).toEqual([scenario.id, recordOf(await rehearseScenario(at, scenario))]);
    };
    await fc.assert(fc.asyncProperty(fc.nat(), shares), { numRuns: 25 });
  }, 60_000);

  it('is not given what was worked out of something else', async () => {
    const at = stage();
    const beginning = new Beginning();
    await rehearseScenario(at, GOOD, { beginning });
    const other = { ...at, plan: { ...at.plan, title: 'Other' } };
    const flown = await rehearseScenario(other, GOOD, { beginning });
    expect(flown.log[0]?.event).toMatchObject({ type: 'launch-started', plan: { title: 'Other' } });
  });

  it.each([
    ['at another time', 2, 'shop-1'],
    ['of another order', 1, 'shop-2'],
  ])('is not given what was worked out %s', (_what, now, launch) => {
    const { making } = new Beginning();
    const { plan, planDigest } = stage();
    const start = (id: string) => ({
      launch: id,
      actor: { kind: 'person', id: 'ada' } as const,
      command: { type: 'start', launch: id, plan, planDigest, directory: '/' } as const,
    });
    const first = making(ABSENT, start('shop-1'), 1);
    expect(making(ABSENT, start('shop-1'), 1)).toBe(first);
    expect(making(ABSENT, start(launch), now)).not.toEqual(first);
  });

  it('keeps nothing of what comes after it is closed', async () => {
    const at = stage();
    const beginning = new Beginning();
    beginning.close();
    const first = await rehearseScenario(at, GOOD, { beginning });
    const second = await rehearseScenario(at, GOOD, { beginning });
    expect(recordOf(second)).toEqual(recordOf(first));
    expect(second.log[0]).not.toBe(first.log[0]);
  });
});
