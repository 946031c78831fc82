// Kills a server that flies a launch, again and again, and checks that nothing was lost or done twice:
//   npm run torture -- --minutes 10             random plans, random points, several deaths in a row
//   npm run torture -- --seed 4711              the same choices again
//   npm run torture -- --all                    every plan, one death at each point
//   npm run torture -- --fate back:work-said#5  one flight
//   npm run torture -- --database postgres      any of these on a PostgreSQL of its own instead of SQLite
import { parseArgs } from 'node:util';
import { Campaign, describeFinding } from '../test/torture/campaign.ts';
import { describeFate, type Fate, parseFate } from '../test/torture/fly.ts';
import { PLAN_NAMES } from '../test/torture/plans.ts';
import { findPostgres, startPostgres } from './servers/postgres.ts';
import { randomFates } from '../test/torture/random-fates.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS = 15_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    all: { type: 'boolean', default: false },
    fate: { type: 'string' },
    database: { type: 'string', default: 'sqlite' },
  },
});

process.exitCode = await main();

async function main(): Promise<0 | 1 | 2> {
  const minutes = Number(values.minutes);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  if (!(minutes > 0) || !Number.isSafeInteger(seed))
    return misused('--minutes wants a number above 0, --seed a whole one');
  if (values.database === 'sqlite') {
    using campaign = new Campaign();
    return await fly(campaign, { minutes, seed });
  }
  const programs = values.database === 'postgres' ? findPostgres() : null;
  if (programs === null)
    return misused('--database wants sqlite, or postgres where PostgreSQL 15 or newer is installed');
  await using server = await startPostgres(programs);
  using campaign = new Campaign({ postgres: server.url });
  return await fly(campaign, { minutes, seed });
}

async function fly(campaign: Campaign, { minutes, seed }: { minutes: number; seed: number }): Promise<0 | 1 | 2> {
  if (values.fate !== undefined) {
    const fate = parseFate(values.fate, PLAN_NAMES);
    return fate === null ? misused(`--fate ${values.fate} is not PLAN:POINT,POINT`) : await torture(campaign, [fate]);
  }
  if (values.all) return await torture(campaign, await everyDeath(campaign));
  console.log(`seed ${seed}, ${minutes} min`);
  return await torture(campaign, randomFates(campaign, seed, performance.now() + minutes * 60_000));
}

function misused(message: string): 2 {
  console.error(message);
  return 2;
}

async function everyDeath(campaign: Campaign): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  for (const plan of PLAN_NAMES) {
    const { points } = await campaign.calm(plan);
    console.log(`${plan} dies at each of ${points.length} points`);
    fates.push(...points.map((point) => ({ plan, deaths: [point] })));
  }
  return fates;
}

async function torture(campaign: Campaign, fates: Iterable<Fate> | AsyncIterable<Fate>): Promise<0 | 1> {
  let flights = 0;
  let deaths = 0;
  let told = performance.now();
  const [finding] = await campaign.flyAll(fates, {
    most: 1,
    onFlown: ({ lives }) => {
      flights += 1;
      deaths += lives.filter((life) => life.end === 'died').length;
      if (performance.now() - told < PROGRESS) return;
      told = performance.now();
      console.log(`${flights} flights, ${deaths} deaths`);
    },
  });
  console.log(
    `${flights} flights, ${deaths} deaths: ${finding === undefined ? 'nothing was lost or done twice' : 'BROKEN'}`,
  );
  if (finding === undefined) return 0;
  console.log(
    `${describeFinding(finding)}\nagain: npm run torture -- --database ${values.database} --fate ${describeFate(finding.fate)}`,
  );
  return 1;
}
