import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../../scripts/servers/postgres.ts';
import { Campaign, describeFinding } from './campaign.ts';
import type { Fate, Flight } from './fly.ts';
import { POINT_KINDS, spread } from './kill-points.ts';
import type { PlanName } from './plans.ts';

const PROGRAMS = findPostgres();
const why = PROGRAMS === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';

/** To the end, and through ways back. */
const PLANS: readonly PlanName[] = ['there', 'back', 'unserved', 'unramped'];

describe.skipIf(PROGRAMS === null)(`killed at an effect boundary on PostgreSQL and started again${why}`, () => {
  let postgres: TestPostgres;
  let campaign: Campaign;

  beforeAll(async () => {
    postgres = await startPostgres(PROGRAMS ?? '');
    campaign = new Campaign({ postgres: postgres.url });
  });
  afterAll(async () => {
    campaign[Symbol.dispose]();
    await postgres.stop();
  });

  /** One death of each kind, the plans in turn; `npm run torture -- --all --database postgres` dies at every point. */
  async function fates(): Promise<readonly Fate[]> {
    const chosen = POINT_KINDS.map(async (kind, index): Promise<readonly Fate[]> => {
      const plan = PLANS[index % PLANS.length] ?? 'there';
      const { points } = await campaign.calm(plan);
      const deaths = spread(
        points.filter((point) => point.kind === kind),
        1,
      );
      return deaths.map((death) => ({ plan, deaths: [death] }));
    });
    return (await Promise.all(chosen)).flat();
  }

  test('it comes to its end, losing and repeating nothing', async () => {
    let deaths = 0;
    const onFlown = ({ lives }: Flight): void => void (deaths += lives.filter((life) => life.end === 'died').length);
    const all = await fates();
    const findings = await campaign.flyAll(all, { onFlown });
    expect(findings.map(describeFinding)).toEqual([]);
    expect(deaths).toBeGreaterThanOrEqual(all.length);
  }, 300_000);
});
