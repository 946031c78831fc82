import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The one transaction of a connection. */
export interface OneTransaction {
  begin(): void;
  commit(): void;
  /** Also where there is none any more. Never throws. */
  rollBack(): void;
}

interface Waiting {
  readonly is: 'alone' | 'read' | 'transaction';
  /** By itself. Never rejects: whoever waits is told. */
  readonly alone: () => Promise<void>;
  /** As a part of the group's transaction. Gives the way to tell whoever waits. */
  readonly shared: () => Promise<() => void>;
}

/** As many share a commit at most: the first of them waits for the last. */
const MOST = 100;
/** As many are served in one turn of the event loop at most: nothing here waits for one, and whoever asks again and again would leave none to timers and sockets. */
const MOST_IN_A_TURN = 50;

/**
 * Turns at one connection, in the order of asking. Transactions that wait behind each other share one commit, and with it one wait
 * for the disk; nobody is told of anything before it. What reads between them is told after it, too: it may have seen what they wrote.
 */
export class GroupCommit {
  readonly #transaction: OneTransaction;
  readonly #waiting: Waiting[] = [];
  #serving = false;
  #servedInTurn = 0;

  constructor(transaction: OneTransaction) {
    this.#transaction = transaction;
  }

  /** Has the connection for itself, outside of any transaction. */
  alone<T>(work: () => T): Promise<T> {
    return this.#wait('alone', work, work);
  }

  /** Changes nothing. */
  read<T>(work: () => T): Promise<T> {
    return this.#wait('read', work, work);
  }

  /** `alone` begins and commits by itself. Called after `shared` where that, or another one of its group, did not come to a good end. */
  transaction<T>(alone: () => Promise<T>, shared: () => Promise<T>): Promise<T> {
    // Whoever serves, each works in the context of the one who asked.
    const inContext = AsyncLocalStorage.snapshot();
    return this.#wait(
      'transaction',
      () => inContext(alone),
      () => inContext(shared),
    );
  }

  #wait<T>(is: Waiting['is'], alone: () => Promise<T> | T, shared: () => Promise<T> | T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push({
      is,
      alone: async () => await Promise.try(alone).then(resolve, reject),
      shared: async () => {
        const result = await shared();
        return () => resolve(result);
      },
    });
    if (!this.#serving) void this.#serve();
    return promise;
  }

  async #serve(): Promise<void> {
    this.#serving = true;
    await Promise.resolve();
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#isTurnOver()) await nextTurn();
      if (next.is === 'transaction' && this.#joins(this.#waiting[0])) await this.#together(next);
      else await next.alone();
    }
    this.#serving = false;
  }

  #isTurnOver(): boolean {
    if (this.#servedInTurn === 0) setImmediate(() => (this.#servedInTurn = 0));
    this.#servedInTurn += 1;
    return this.#servedInTurn > MOST_IN_A_TURN;
  }

  /** One that fails must not take the others with it: taken back, each is done again by itself, in the same order. */
  async #together(first: Waiting): Promise<void> {
    const group = [first];
    const told: (() => void)[] = [];
    try {
      this.#transaction.begin();
      told.push(await first.shared());
      for (let next = this.#nextOf(group); next !== null; next = this.#nextOf(group)) {
        group.push(next);
        told.push(await next.shared());
      }
      this.#transaction.commit();
    } catch {
      this.#transaction.rollBack();
      for (const each of group) await each.alone();
      return;
    }
    for (const tell of told) tell();
  }

  #nextOf(group: readonly Waiting[]): Waiting | null {
    return group.length < MOST && this.#joins(this.#waiting[0]) ? (this.#waiting.shift() ?? null) : null;
  }

  #joins(next: Waiting | undefined): boolean {
    return next !== undefined && next.is !== 'alone';
  }
}
