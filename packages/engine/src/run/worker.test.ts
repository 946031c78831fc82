import type { EffectState, Outcome } from '@slipway/core';
import { OutcomeUnknownError, RetryableError, TerminalError, type Verification } from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import { done, type EffectContext } from '../handlers/handler.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import { type CommandHandler, EFFECT, KEPT, LAUNCH, WorkerWorld } from '../testing/worker-world.ts';

type Run = (context: EffectContext, attempt: number) => Promise<void>;

const YES: Verification = { done: 'yes', evidence: { summary: 'it is there', items: [] } };
const NO: Verification = { done: 'no' };
const UNKNOWN: Verification = { done: 'unknown', reason: 'nobody answers' };

const never = new Promise<never>(() => {});
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** A command, and how often it was run and asked after. */
class FakeCommand implements CommandHandler {
  runs = 0;
  verified = 0;
  readonly #run: Run;
  readonly #known: { readonly verify?: Verification | Error; readonly idempotent?: boolean };

  constructor(run: Run, known: { readonly verify?: Verification | Error; readonly idempotent?: boolean } = {}) {
    this.#run = run;
    this.#known = known;
  }

  async run(_work: unknown, context: EffectContext) {
    this.runs += 1;
    await this.#run(context, this.runs);
    return done('migrated');
  }

  async verify(): Promise<Verification> {
    this.verified += 1;
    const { verify = UNKNOWN } = this.#known;
    if (verify instanceof Error) throw verify;
    return verify;
  }

  idempotent(): boolean {
    return this.#known.idempotent ?? false;
  }
}

const succeeds: Run = async () => {};
const throws =
  (error: Error): Run =>
  () =>
    Promise.reject(error);

/** How an effect stands, in a word. */
function standing(state: EffectState | undefined): string {
  return state?.is === 'settled' ? state.outcome.result : (state?.is ?? 'waiting');
}

describe('an attempt', () => {
  const rows: [name: string, run: Run, verify: Verification | Error, stands: string, asked: number][] = [
    ['that is done', succeeds, UNKNOWN, 'done', 0],
    ['that failed for good', throws(new TerminalError('no such table')), UNKNOWN, 'failed', 0],
    ['that failed for now', throws(new RetryableError('locked')), UNKNOWN, 'retrying', 0],
    ['that cannot say, and is there', throws(new OutcomeUnknownError('gone')), YES, 'done', 1],
    ['that cannot say, and is not there', throws(new OutcomeUnknownError('gone')), NO, 'retrying', 1],
    ['that cannot say, nor can anybody', throws(new OutcomeUnknownError('gone')), UNKNOWN, 'unknown', 1],
    ['that throws anything else is not known to have failed', throws(new Error('bug')), UNKNOWN, 'unknown', 1],
    ['that cannot say, and asking fails', throws(new Error('bug')), new Error('no route'), 'unknown', 1],
  ];
  test.each(rows)('%s', async (_, run, verify, stands, asked) => {
    await using world = await WorkerWorld.create();
    const command = new FakeCommand(run, { verify });
    const process = await world.process(command);
    await world.start(process);
    expect(standing((await world.launch(process)).effects[EFFECT])).toBe(stands);
    expect([command.runs, command.verified]).toEqual([1, asked]);
  });

  test('that failed for now is made again in its time, as often as the plan allows', async () => {
    await using world = await WorkerWorld.create();
    const command = new FakeCommand(throws(new RetryableError('locked')));
    const process = await world.process(command);
    await world.start(process, { attempts: 2 });
    await world.pass(499);
    await world.settle();
    expect(command.runs).toBe(1);
    await world.pass(60_000);
    await world.settle();
    expect([command.runs, standing((await world.launch(process)).effects[EFFECT])]).toEqual([2, 'failed']);
  });

  test('that takes too long is stopped, and asked after', async () => {
    await using world = await WorkerWorld.create();
    const command = new FakeCommand(({ signal }) => untilAborted(signal), { verify: YES });
    const process = await world.process(command);
    await world.start(process);
    await world.pass(60_000);
    await world.settle();
    expect([command.verified, standing((await world.launch(process)).effects[EFFECT])]).toEqual([1, 'done']);
  });

  test('that does not listen when it is stopped is waited for no longer than it must', async () => {
    await using world = await WorkerWorld.create();
    const process = await world.process(new FakeCommand(() => never));
    await world.start(process);
    await world.pass(60_000);
    await world.settle();
    expect(standing((await world.launch(process)).effects[EFFECT])).toBe('unknown');
  });

  test('that nobody wants any more is told to stop; being executive, it is asked after', async () => {
    await using world = await WorkerWorld.create();
    let stopped = false;
    const command = new FakeCommand(
      async ({ signal }, attempt) => {
        if (attempt > 1) return;
        await untilAborted(signal).catch((error: unknown) => {
          stopped = true;
          throw error;
        });
      },
      { verify: NO },
    );
    const process = await world.process(command);
    await world.start(process);
    await world.do(process, { type: 'abort', reason: 'not today' });
    await world.pass(120_000);
    await world.settle();
    const launch = await world.launch(process);
    expect([stopped, launch.mode]).toMatchObject([true, { is: 'ended' }]);
  });
});

describe('an attempt whose worker died', () => {
  const rows: [name: string, verify: Verification | Error, idempotent: boolean, stands: string, runs: number][] = [
    ['and that is there is not made again', YES, false, 'done', 0],
    ['and that is not there is made again', NO, false, 'done', 1],
    ['and of which nobody knows is not made again: a person is asked', UNKNOWN, false, 'unknown', 0],
    ['and of which nobody knows is made again where that is harmless', UNKNOWN, true, 'done', 1],
    ['and cannot be asked after is not made again', new Error('no route'), false, 'unknown', 0],
    [
      'and cannot be asked after may still run: not even what is harmless is made again',
      new Error('no route'),
      true,
      'unknown',
      0,
    ],
  ];
  test.each(rows)('%s', async (_, verify, idempotent, stands, runs) => {
    await using world = await WorkerWorld.create();
    const dead = await world.process(new FakeCommand(() => never));
    await world.start(dead);
    const command = new FakeCommand(succeeds, { verify, idempotent });
    const successor = await world.process(command);
    await world.work(successor);
    const launch = await world.launch(successor);
    expect([command.runs, standing(launch.effects[EFFECT])]).toEqual([runs, stands]);
    expect(launch.mode.is).toBe(stands === 'unknown' ? 'held' : 'ended');
  });

  test.each<[Verification, string]>([
    [NO, 'cancelled'],
    [UNKNOWN, 'unknown'],
  ])('and that nobody wants any more is not made again: %j', async (verify, stands) => {
    await using world = await WorkerWorld.create();
    const dead = await world.process(new FakeCommand(() => never));
    await world.start(dead);
    const command = new FakeCommand(succeeds, { verify });
    const successor = await world.process(command);
    await world.do(successor, { type: 'abort', reason: 'not today' });
    await world.work(successor);
    expect(standing((await world.launch(successor)).effects[EFFECT])).toBe(stands);
  });

  test('is found again by one that had not heard that it was begun', async () => {
    await using world = await WorkerWorld.create();
    const dead = await world.process(new FakeCommand(() => never));
    await world.begin(dead);
    const command = new FakeCommand(succeeds, { verify: NO });
    const successor = await world.process(command);
    await world.launch(successor);
    await world.work(dead);
    expect(successor.launches.known(LAUNCH)?.effects[EFFECT]?.is).not.toBe('started');
    await world.work(successor);
    expect([command.verified, command.runs]).toEqual([1, 1]);
    expect(standing((await world.launch(successor)).effects[EFFECT])).toBe('done');
  });

  test('gets what its predecessor noted', async () => {
    await using world = await WorkerWorld.create();
    const dead = await world.process(
      new FakeCommand(async ({ noteDown }) => {
        await noteDown({ row: 7 });
        await never;
      }),
    );
    await world.start(dead);
    let found: unknown = null;
    const command = new FakeCommand(async ({ note }) => void (found = note), { verify: NO });
    await world.work(await world.process(command));
    expect(found).toEqual({ row: 7 });
  });

  test('and only stalled is refused when it comes back, and leaves the work of its successor alone', async () => {
    await using world = await WorkerWorld.create();
    const { promise: back, resolve: wake } = Promise.withResolvers<void>();
    const stalled = await world.process(new FakeCommand(() => back));
    await world.start(stalled);
    const command = new FakeCommand(() => never, { verify: NO });
    const successor = await world.process(command);
    await world.work(successor);
    expect((await world.launch(successor)).effects[EFFECT]).toMatchObject({ is: 'started', attempt: 2 });
    wake();
    await world.settle();
    expect((await world.launch(successor)).effects[EFFECT]).toMatchObject({ is: 'started', attempt: 2 });
    expect(await world.queued()).toEqual([`${LAUNCH}/${EFFECT}`]);
  });
});

describe('work that another process has now', () => {
  /** Everything that a worker may still want to be known. */
  const stubborn: Run = async ({ signal, say, noteDown }) => {
    await untilAborted(signal).catch(() => {});
    say('still at it');
    if (await noteDown({ row: 8 })) throw new Error('it was noted down');
  };
  const rows: [name: string, run: Run][] = [
    ['ends as it is told to', ({ signal }) => untilAborted(signal)],
    ['goes on to its end', stubborn],
    [
      'fails for good',
      async ({ signal }) => {
        await untilAborted(signal).catch(() => {});
        throw new TerminalError('no such table');
      },
    ],
    ['does not listen', () => never],
  ];
  test.each(rows)('is stopped, and nothing of it is recorded or shown: %s', async (_, run) => {
    await using world = await WorkerWorld.create();
    const stalled = await world.process(new FakeCommand(run, { verify: YES }));
    const lost = new AbortController();
    await world.begin(stalled);
    await world.work(stalled, lost.signal);
    const before = await world.events();
    lost.abort();
    // Longer than the attempt may take, and than it is waited for.
    await world.pass(20_000);
    await world.settle();
    expect(await world.events()).toBe(before);
    expect(stalled.hub.live(LAUNCH)).toEqual({ look: null, activity: {} });
    expect(await world.queued()).toEqual([`${LAUNCH}/${EFFECT}`]);
    const successor = await world.process(new FakeCommand(succeeds, { verify: NO }));
    await world.work(successor);
    expect(standing((await world.launch(successor)).effects[EFFECT])).toBe('done');
  });

  test('is not asked after, nor begun', async () => {
    await using world = await WorkerWorld.create();
    await world.start(await world.process(new FakeCommand(() => never)));
    const lost = AbortSignal.abort();
    const command = new FakeCommand(succeeds, { verify: NO });
    const late = await world.process(command);
    const before = await world.events();
    await world.work(late, lost);
    expect([command.runs, command.verified]).toEqual([0, 0]);
    expect(await world.events()).toBe(before);
  });
});

test('an attempt whose work the queue has lost is found again when a process takes the launch up', async () => {
  await using world = await WorkerWorld.create();
  const dead = await world.process(new FakeCommand(() => never));
  await world.start(dead);
  await world.loseWork();
  const command = new FakeCommand(succeeds, { verify: YES });
  const successor = await world.process(command);
  await successor.launches.takeUp(LAUNCH);
  await world.work(successor);
  expect([command.verified, standing((await world.launch(successor)).effects[EFFECT])]).toEqual([1, 'done']);
});

describe('a store that does not answer for a moment', () => {
  /** Fails `times` appends that have an event of this type. */
  const failing = (type: string, times: number) => {
    let left = times;
    return (store: LaunchStore): LaunchStore => ({
      ...store,
      append: async (append) => {
        const hit = append.events.some(({ event }) => event.type === type);
        if (hit && left-- > 0) throw new Error('the database is locked');
        await store.append(append);
      },
    });
  };

  test('does not cost an outcome that is known', async () => {
    await using world = await WorkerWorld.create();
    const command = new FakeCommand(succeeds);
    const process = await world.process(command, failing('effect-settled', 3));
    await world.start(process);
    expect(standing((await world.launch(process)).effects[EFFECT])).toBe('started');
    await world.pass(3_000);
    await world.settle();
    expect([command.runs, command.verified, world.errors.length]).toEqual([1, 0, 3]);
    expect(standing((await world.launch(process)).effects[EFFECT])).toBe('done');
  });

  test('says that a note is not stored, and ends nothing', async () => {
    await using world = await WorkerWorld.create();
    const stored: boolean[] = [];
    const command = new FakeCommand(async ({ noteDown }) => {
      for (const row of [1, 2]) stored.push(await noteDown({ row }));
    });
    const process = await world.process(command, failing('effect-noted', 1));
    await world.start(process);
    expect(stored).toEqual([false, true]);
    expect(standing((await world.launch(process)).effects[EFFECT])).toBe('done');
  });
});

test('work goes on at once after the clock was set back', async () => {
  await using world = await WorkerWorld.create();
  const process = await world.process(new FakeCommand(succeeds));
  await world.begin(process);
  world.setClock(-3_600_000);
  await world.work(process);
  expect(standing((await world.launch(process)).effects[EFFECT])).toBe('done');
});

describe('a shutdown', () => {
  test('stops what began while it looked', async () => {
    await using world = await WorkerWorld.create();
    const command = new FakeCommand(({ signal }) => untilAborted(signal));
    const process = await world.process(command);
    await world.begin(process);
    await process.queue.start((work) => process.worker.handle(work, KEPT));
    const drained = process.worker.drain(1_000);
    await world.pass(1_000);
    await drained;
    const stopped = process.queue.stop();
    await world.settle();
    await stopped;
    expect(standing((await world.launch(process)).effects[EFFECT])).not.toBe('done');
  });

  test('lets executive work end that can, and records its outcome', async () => {
    await using world = await WorkerWorld.create();
    const { promise: work, resolve: end } = Promise.withResolvers<void>();
    const process = await world.process(new FakeCommand(() => work));
    await world.start(process);
    const drained = process.worker.drain(5_000);
    end();
    await world.settle();
    await drained;
    expect(standing((await world.launch(process)).effects[EFFECT])).toBe('done');
  });

  test('leaves what cannot end started, so that the next process asks after it', async () => {
    await using world = await WorkerWorld.create();
    const process = await world.process(new FakeCommand(({ signal }) => untilAborted(signal)));
    await world.start(process);
    const drained = process.worker.drain(2_000);
    await world.pass(2_000);
    await drained;
    await world.settle();
    expect(standing((await world.launch(process)).effects[EFFECT])).toBe('started');
    expect(await world.queued()).toEqual([`${LAUNCH}/${EFFECT}`]);
  });

  test('cuts read-only work at once, and begins nothing', async () => {
    await using world = await WorkerWorld.create();
    const command = new FakeCommand(({ signal }) => untilAborted(signal));
    const process = await world.process(command);
    await world.start(process, { effect: 'read-only', undo: null });
    await process.worker.drain(5_000);
    await world.settle();
    await process.worker.handle({ id: 'x', launch: LAUNCH, effect: EFFECT, dueAt: 0 }, KEPT);
    expect([command.runs, standing((await world.launch(process)).effects[EFFECT])]).toEqual([1, 'started']);
  });
});

test('a secret does not reach an event or a screen, however it comes', async () => {
  await using world = await WorkerWorld.create();
  const secret = 'hunter2+hunter2';
  world.redactor.add(secret);
  const said: string[] = [];
  const command = new FakeCommand(async ({ noteDown, say }) => {
    await noteDown({ token: secret });
    say(`using ${secret}`);
    said.push(JSON.stringify(process.hub.live(LAUNCH)));
    throw new TerminalError(`refused ${secret}`);
  });
  const process = await world.process(command);
  await world.start(process);
  const outcome = (await world.launch(process)).effects[EFFECT] as { readonly outcome: Outcome };
  expect(outcome.outcome).toMatchObject({ result: 'failed', reason: expect.stringContaining('refused') });
  expect(said[0]).toContain('using');
  expect([said.join(), await world.events()].join()).not.toContain(secret);
});

test('what a provider says after its end is not shown', async () => {
  await using world = await WorkerWorld.create();
  let say: EffectContext['say'] = () => {};
  const process = await world.process(new FakeCommand(async (context) => void ({ say } = context)));
  await world.start(process);
  say('still here');
  expect(process.hub.live(LAUNCH)).toEqual({ look: null, activity: {} });
});

test('work of a launch that is over is dropped', async () => {
  await using world = await WorkerWorld.create();
  const process = await world.process(new FakeCommand(succeeds));
  await world.begin(process);
  await world.do(process, { type: 'abort', reason: 'not today' });
  await world.work(process);
  expect([await world.queued(), standing((await world.launch(process)).effects[EFFECT])]).toEqual([[], 'waiting']);
});
