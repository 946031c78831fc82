import type { Queryable, SqlRow, SqlValue } from '../../ports/database.ts';
import { AtOnce } from './at-once.ts';
import { leftNoTrace, wasTakenBack } from './explain-postgres.ts';
import { oneStatement } from './one-statement.ts';

/** Runs one statement, and gives its rows. */
type Run = (sql: string, values: readonly SqlValue[]) => Promise<readonly SqlRow[]>;

interface Waiting {
  readonly work: AtOnce;
  readonly done: PromiseWithResolvers<boolean>;
}

/** More at a time would each wait for the others in the server. */
const MOST_UNDER_WAY = 3;
/** Pieces of work in a statement. The other sizes are powers of two, so that the server plans a handful of texts. */
const MOST_TOGETHER = 16;
/** Texts vary with the number of their rows. */
const MOST_TEXTS = 1_000;

/**
 * Pieces of work that wait at the same time become one statement, so that they share a round trip and a commit. Where the server
 * refuses it, none of them has happened, and each is told to go its own way: what is wrong with one must not fail another.
 */
export class GroupCommit {
  readonly #run: Run;
  readonly #texts = new Map<string, string>();
  readonly #inside = new Set<Promise<boolean>>();
  #waiting: readonly Waiting[] = [];
  #underWay = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Resolves with whether it was done. Rejects with what it failed with; then it may have been done all the same. */
  async add(work: (tx: Queryable) => Promise<void>): Promise<boolean> {
    const done = Promise.withResolvers<boolean>();
    this.#waiting = [...this.#waiting, { work: new AtOnce(work), done }];
    this.#inside.add(done.promise);
    this.#next();
    try {
      return await done.promise;
    } finally {
      this.#inside.delete(done.promise);
    }
  }

  /** Resolves when everything that was added so far has ended. */
  async passed(): Promise<void> {
    await Promise.allSettled(this.#inside);
  }

  #next(): void {
    while (this.#underWay < MOST_UNDER_WAY && this.#waiting.length > 0) {
      this.#underWay += 1;
      void this.#commit(this.#take());
    }
  }

  /** Those that ask the same as the one that has waited longest, as many as go together. */
  #take(): readonly Waiting[] {
    const shape = this.#waiting[0]?.work.shape;
    const alike = this.#waiting.filter(({ work }) => work.shape === shape);
    const size = 2 ** Math.floor(Math.log2(Math.min(alike.length, MOST_TOGETHER)));
    const group = new Set(alike.slice(0, size));
    this.#waiting = this.#waiting.filter((waiting) => !group.has(waiting));
    return [...group];
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const values = group.flatMap(({ work }) => work.asked.flatMap((asked) => asked.values));
      const [row = {}] = await this.#run(this.#text(group), values);
      for (const [index, { work, done }] of group.entries()) done.resolve(work.answer(answersOf(row, index, work)));
    } catch (error) {
      const isForgotten = wasTakenBack(error) || (group.length > 1 && leftNoTrace(error));
      for (const { work, done } of group) {
        const failed = work.fail(error).then(() => {
          if (isForgotten) return false;
          throw error;
        });
        done.resolve(failed);
      }
    } finally {
      this.#underWay -= 1;
      this.#next();
    }
  }

  #text(group: readonly Waiting[]): string {
    const key = `${group.length} ${group[0]?.work.shape}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = oneStatement(group.flatMap(({ work }) => work.asked));
    if (this.#texts.size < MOST_TEXTS) this.#texts.set(key, text);
    return text;
  }
}

function answersOf(row: SqlRow, index: number, { asked }: AtOnce): readonly (string | null)[] {
  return asked.map((_, place) => {
    const answer = row[`p${index * asked.length + place}`] ?? null;
    return answer === null ? null : String(answer);
  });
}
