// A process with an engine: runs steps, soaks, waits. Started by the bench with an EngineOrder.
import { setTimeout as pass } from 'node:timers/promises';
import { answerQuestions, orderOf } from '../process/answering.ts';
import { percentile } from '../report/statistics.ts';
import { openEngine } from './open-engine.ts';
import type { EngineOrder, StepsOrder } from './order.ts';
import { soakPlan, startOrder, stepsPlan, waitPlan } from './plans.ts';
import { countedCommands, Looks } from './stand-ins.ts';

const commands = countedCommands();
const looks = new Looks();
const opened = await openEngine(orderOf<EngineOrder>(), {
  commands: commands.handler,
  router: looks.source,
});

const { engine } = opened;

answerQuestions(
  {
    open: () => engine.open(),
    /** Seconds from the first start to the last end. */
    steps: async ({ launches, steps }: StepsOrder) => {
      const order = startOrder(stepsPlan(steps));
      const goal = commands.run() + launches * steps;
      const began = performance.now();
      const started = await Promise.all(Array.from({ length: launches }, () => engine.start(order)));
      await until(() => commands.run() >= goal);
      const ids = new Set(started.map((each) => (each.ok ? each.launch.id : '')));
      await ended(ids);
      return (performance.now() - began) / 1_000;
    },
    soak: async ({ launches, every }: { readonly launches: number; readonly every: string }) => {
      const order = startOrder(soakPlan(every));
      const goal = looks.launches() + launches;
      for (let left = launches; left > 0; left -= AT_ONCE)
        await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => engine.start(order)));
      await inHand(goal);
    },
    /** Epoch ms at which so many launches had been looked at by this process. */
    inHand: async ({ launches }: { readonly launches: number }) => {
      await inHand(launches);
      return Date.now();
    },
    forgetGaps: () => void looks.takeGaps(),
    /** How much later than its time a look came, in milliseconds. */
    lateLooks: ({ every }: { readonly every: number }) => lateness(looks.takeGaps().map((gap) => gap - every)),
    /** Launches that wait, due one after the other over `over` milliseconds from `from` milliseconds on; how late each went on. */
    waits: async ({ launches, from, over }: { launches: number; from: number; over: number }) => {
      const began = performance.now();
      const ids = new Set<string>();
      for (let index = 0; index < launches; index += 1) {
        const due = from + (over * index) / launches;
        const started = await engine.start(
          startOrder(waitPlan(Math.max(1, Math.round(due - (performance.now() - began))))),
        );
        if (started.ok) ids.add(started.launch.id);
      }
      // Not before: whoever asks for all launches all the time would make them late.
      await pass(from + over - (performance.now() - began));
      await ended(ids);
      return lateness(await Promise.all([...ids].map((id) => lateOf(id))));
    },
  },
  () => opened.close(),
);

const AT_ONCE = 50;

async function until(what: () => boolean): Promise<void> {
  while (!what()) await pass(2);
}

async function inHand(launches: number): Promise<void> {
  await until(() => looks.launches() >= launches);
}

async function ended(ids: ReadonlySet<string>): Promise<void> {
  for (;;) {
    const rows = await engine.list();
    if (!rows.some((row) => row.active && ids.has(row.id))) return;
    await pass(20);
  }
}

/** From when its wait was over until its log says so. */
async function lateOf(id: string): Promise<number> {
  const events = await engine.events(id);
  const at = (type: string): number => events.find(({ event }) => event.type === type)?.at ?? Number.NaN;
  const [step] = events.flatMap(({ event }) =>
    event.type === 'launch-started' ? Object.values(event.plan.steps) : [],
  );
  const wait = step?.kind === 'wait' ? step.until.ms : Number.NaN;
  return at('step-passed') - at('step-started') - wait;
}

function lateness(late: readonly number[]): { p50: number; p99: number; max: number; count: number } {
  return {
    p50: percentile(late, 0.5),
    p99: percentile(late, 0.99),
    max: percentile(late, 1),
    count: late.length,
  };
}
