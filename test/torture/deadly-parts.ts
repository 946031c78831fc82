import type { Database, EffectContext, Handler, Handlers, LaunchStore, Queryable } from '@slipway/engine';
import type { KillSwitch } from './kill-points.ts';
import { tell } from './telling.ts';

/** A database that may die between the statements of a transaction. What is one statement has no middle. */
export function deadlyDatabase(database: Database, deaths: KillSwitch): Database {
  const watched = (tx: Queryable): Queryable => ({
    query: async (sql, values) => {
      const rows = await tx.query(sql, values);
      deaths.reach('statement');
      return rows;
    },
  });
  const atOnce = database.atOnce?.bind(database);
  return {
    ...(atOnce === undefined ? {} : { atOnce }),
    query: (sql, values) => database.query(sql, values),
    transaction: (work) => database.transaction((tx) => work(watched(tx))),
    close: () => database.close(),
  };
}

/** A store that may die around an append, and tells of every event that it promised to keep. */
export function deadlyStore(store: LaunchStore, deaths: KillSwitch): LaunchStore {
  return {
    ...store,
    append: async (append) => {
      deaths.reach('append-before');
      await store.append(append);
      for (const { seq, hash } of append.events) tell({ told: 'stored', launch: append.launch, seq, hash });
      deaths.reach('append-after');
    },
  };
}

/** Handlers that may die before, in the middle of and after their work. */
export function deadlyHandlers(handlers: Handlers, deaths: KillSwitch): Handlers {
  const entries = Object.entries(handlers).map(([kind, handler]) => [kind, deadlyHandler(handler as Handler, deaths)]);
  return Object.fromEntries(entries) as Handlers;
}

function deadlyHandler(handler: Handler, deaths: KillSwitch): Handler {
  const watched = (context: EffectContext): EffectContext => ({
    ...context,
    say: (text) => {
      context.say(text);
      deaths.reach('work-said');
    },
  });
  return {
    run: async (work, context) => {
      deaths.reach('work-before');
      const done = await handler.run(work, watched(context));
      deaths.reach('work-after');
      return done;
    },
    verify: async (work, context) => {
      deaths.reach('verify-before');
      const answer = await handler.verify(work, watched(context));
      deaths.reach('verify-after');
      return answer;
    },
    idempotent: (work) => handler.idempotent(work),
  };
}
