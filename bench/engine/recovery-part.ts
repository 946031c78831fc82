import type { Circumstances, Part } from '../part.ts';
import type { Findings } from '../report/result.ts';
import { median, percentile } from '../report/statistics.ts';
import { benchPostgres } from './databases.ts';
import { type Side, slipwaySides } from './sides.ts';

/** How long after a kill a new process has every launch in hand again. */
export const recoveryPart: Part = {
  name: 'recovery',
  title: 'Recovery after kill -9',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const postgres = await benchPostgres();
    if (postgres !== null) stack.use(postgres);
    const launches = circumstances.quick ? 50 : 1_000;
    const sides = await slipwaySides(postgres, circumstances.folder, 'bench_recovery');
    const recovered = new Map<string, readonly number[]>();
    for (const side of sides) recovered.set(side.label, await killAgain(side, launches, circumstances));
    return findingsOf(recovered, launches);
  },
};

/** Seconds from the start of each new process until it had looked at every launch. */
async function killAgain(side: Side, launches: number, circumstances: Circumstances): Promise<readonly number[]> {
  const { quick, say, signal } = circumstances;
  const kills = quick ? 1 : 4;
  say(`recovery: ${side.label}: starting ${launches} launches`);
  let child = await side.start(signal);
  const seconds: number[] = [];
  try {
    await child.ask('soak', { launches, every: '10s' });
    for (let kill = 1; kill <= kills; kill += 1) {
      say(`recovery: ${side.label}: kill ${kill} of ${kills}`);
      await child.kill();
      const began = Date.now();
      child = await side.start(signal);
      seconds.push(((await child.ask<number>('inHand', { launches })) - began) / 1_000);
    }
  } finally {
    await child[Symbol.asyncDispose]();
  }
  return seconds;
}

function findingsOf(recovered: ReadonlyMap<string, readonly number[]>, launches: number): Findings {
  const rows = [...recovered].map(([label, seconds]) => ({
    label,
    figures: [median(seconds), percentile(seconds, 1)],
  }));
  const goals = [...recovered].map(([label, seconds]) => ({
    text: `${label}: ${launches} launches in hand again, the slowest`,
    unit: 's',
    wanted: 'at most' as const,
    limit: 5,
    measured: percentile(seconds, 1),
  }));
  const notes = [
    'From the start of the new process, its loading included, until it has looked at every launch.',
    'On PostgreSQL other servers may live: what the dead one had taken is free when its lock has been so for two seconds.',
  ];
  return {
    tables: [{ title: `${launches} launches after kill -9`, columns: ['median s', 'slowest s'], rows, notes }],
    goals,
  };
}
