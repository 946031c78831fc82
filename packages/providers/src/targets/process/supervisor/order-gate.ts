import { reasonOf, RetryableError } from '@slipway/provider-kit';
import type { EnvironmentRevision, RevisionFile } from '../revision-file.ts';

/** An order for a number of instances, as far as it is told from others. */
interface NumberedOrder {
  readonly version: string;
  readonly instances: number;
  readonly revision: number;
}

/** Counts what is ordered in an environment, and lets no order for a number of instances in that comes after a newer one. */
export class OrderGate {
  readonly #file: RevisionFile;
  readonly #log: (line: string) => void;
  /** null: the file could not be read yet. */
  #now: EnvironmentRevision | null = null;

  constructor(file: RevisionFile, log: (line: string) => void) {
    this.#file = file;
    this.#log = log;
  }

  /** Throws RetryableError for an order that is late, and TerminalError where nobody knows; what is let in is on disk before. */
  admit({ revision, version, instances }: NumberedOrder): void {
    const now = this.#read();
    const again = now.order?.version === version && now.order.instances === instances && revision === now.revision;
    if (again) return;
    if (revision <= now.revision) {
      throw new RetryableError(
        `${version} is not brought to ${instances}: this was ordered as change ${revision}, and change ${now.revision} has been since; look again`,
      );
    }
    const next = { revision, order: { version, instances } };
    this.#file.save(next);
    this.#now = next;
  }

  /** Counts an order that is always let in: neither a full disk nor a broken file keeps anybody from a way back. */
  pass(): void {
    try {
      const next = { revision: this.#read().revision + 1, order: null };
      this.#now = next;
      this.#file.save(next);
    } catch (thrown) {
      this.#log(`The order is not counted on disk: ${reasonOf(thrown)}`);
    }
  }

  #read(): EnvironmentRevision {
    this.#now ??= this.#file.read();
    return this.#now;
  }
}
