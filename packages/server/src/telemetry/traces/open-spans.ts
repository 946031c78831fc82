import type { Recorded } from '@slipway/core';
import type { Attributes, LaunchSpan } from './launch-span.ts';

interface Open {
  readonly key: string;
  readonly parent: string;
  readonly from: number;
  readonly attributes: Attributes;
}

export interface Beginning {
  readonly recorded: Recorded;
  /** A key. */
  readonly parent: string;
  readonly attributes: Attributes;
}

export interface End {
  /** Epoch ms. */
  readonly at: number;
  readonly error: string | null;
  readonly attributes: Attributes;
}

/** What of a launch has begun and is not over, by name: `step deploy`, `effect deploy:0.0`. */
export class OpenSpans {
  readonly #open = new Map<string, Open>();

  begin(name: string, { recorded, parent, attributes }: Beginning): void {
    this.#open.set(name, { key: `${name}@${recorded.seq}`, parent, from: recorded.at, attributes });
  }

  /** null: it has not begun, or is over. */
  keyOf(name: string): string | null {
    return this.#open.get(name)?.key ?? null;
  }

  /** None where it has not begun. */
  end(name: string, { at, error, attributes }: End): readonly LaunchSpan[] {
    const open = this.#open.get(name);
    if (open === undefined) return [];
    this.#open.delete(name);
    const { key, parent, from } = open;
    // A clock that was set back has nothing end before it began.
    const to = Math.max(at, from);
    return [{ key, parent, name, from, to, error, attributes: { ...open.attributes, ...attributes }, events: [] }];
  }

  endAll(names: RegExp, end: End): readonly LaunchSpan[] {
    return [...this.#open.keys()].filter((name) => names.test(name)).flatMap((name) => this.end(name, end));
  }
}
