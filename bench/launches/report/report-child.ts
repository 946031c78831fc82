// A long launch in a database file, and what is written of it, in a process of its own.
import {
  ABSENT,
  evolve,
  evolveAll,
  type Launch,
  pending,
  type Recorded,
  recordMarkdown,
  writeReport,
} from '@slipway/core';
import { createInProcessQueue, createLaunchStore, createSystemClock, openSqliteDatabase } from '@slipway/engine';
import { answerQuestions, orderOf } from '../../process/answering.ts';
import { timed } from '../timed.ts';
import { LAST_WORDS, LAUNCH, type LogOrder, longLog } from './long-log.ts';

export interface ReportOrder extends LogOrder {
  /** Of the database file. */
  readonly path: string;
}

/** Milliseconds of one round. */
export interface ReportTimes {
  readonly read: number;
  readonly fold: number;
  readonly record: number;
  readonly deployment: number;
  readonly next: number;
}

/** Events that one append writes. */
const CHUNK = 500;
/** Of `next`, which is too short to be timed once. */
const TIMES = 100;

const order = orderOf<ReportOrder>();
const database = await openSqliteDatabase(order.path);
const onError = (error: unknown): void => console.error(error);
const store = createLaunchStore(database, createInProcessQueue(database, createSystemClock(), { onError }));
const log = longLog(order);
for (let from = 0; from < log.length; from += CHUNK)
  await store.append({
    launch: LAUNCH,
    name: 'bench',
    expected: from,
    events: log.slice(from, from + CHUNK),
    enqueue: [],
    complete: [],
    active: true,
    release: false,
  });

answerQuestions(
  {
    round: async (): Promise<ReportTimes> => {
      const { milliseconds: read, value: events } = await timed(() => store.read(LAUNCH));
      const { milliseconds: fold, value: launch } = await timed(() => folded(events));
      const { milliseconds: record, value: text } = await timed(() =>
        recordMarkdown(launch, events, { language: 'en' }),
      );
      const { milliseconds: deployment } = await timed(() =>
        writeReport('deployment', { launch, events, language: 'en', commits: null }),
      );
      // The beginning and the end: a report of the first thousand events would be quick as well.
      if (launch.head.seq !== order.events || !text.includes(LAST_WORDS) || !text.includes(LAUNCH))
        throw new Error(`the report does not tell of all ${order.events} events`);
      return { read, fold, record, deployment, next: nextEvent(launch) };
    },
  },
  () => database.close(),
);

function folded(events: readonly Recorded[]): Launch {
  const state = evolveAll(ABSENT, events);
  if (state.is === 'absent') throw new Error('the log is empty');
  return state;
}

/** What one more event costs whoever runs the launch: the state after it, and what is to be done then. */
function nextEvent(launch: Launch): number {
  const { seq, hash } = launch.head;
  const begin = performance.now();
  for (let time = 0; time < TIMES; time += 1) {
    const effect = `~soak:bench.0.${order.events + time}.0`;
    const event = { type: 'effect-started', effect, attempt: 1, touches: null } as const;
    const after = evolve(launch, { seq: seq + 1, at: 1, hash, actor: { kind: 'slipway' }, event });
    if (after.is === 'launch') pending(after, 1);
  }
  return (performance.now() - begin) / TIMES;
}
