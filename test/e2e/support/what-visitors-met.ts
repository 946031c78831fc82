import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReceivedRequest, startTestServer, type TestServer } from '@slipway/provider-kit/testing';
import { Pool } from 'pg';
import type { Answered } from '../../../examples/shop/visitors.ts';

/** What the HTTP endpoint and the command want to be told. */
export const COUNTS_TOKEN = 'counts-token-of-the-shop';

/** Prints what the file beside it holds of a version; says no without the token. */
const COUNT = `test "$TOKEN" = ${COUNTS_TOKEN} || { echo "count.sh refuses the token $TOKEN" >&2; exit 4; }
printf '{"bad": %d, "total": %d}\\n' "$(grep -c "^$1 404" answers.log)" "$(grep -c "^$1 " answers.log)"
`;

interface Pages {
  missing: number;
  all: number;
}

/**
 * The books that a team keeps of its visitors, version by version, as three sources read them: orders in a database, pages behind an
 * HTTP endpoint, answers in a file that a command counts. No order is written down where the shop answered 5xx, and no page
 * or answer of that kind is called bad: none of the three sees a server error.
 */
export class WhatVisitorsMet {
  /** Answers that never came. */
  lost = 0;
  /** Of all that the visitors met, the versions. */
  readonly versions = new Set<string>();
  readonly #pages = new Map<string, Pages>();
  readonly #log: string;
  readonly #database: Pool;
  readonly #problems: unknown[] = [];
  #server: TestServer | null = null;

  private constructor(folder: string, database: string) {
    this.#log = join(folder, 'answers.log');
    this.#database = new Pool({ connectionString: database, max: 1 });
  }

  /** `folder`: of the plan. `database`: one that may write; whoever else reads the orders is granted it there. */
  static async open(folder: string, database: string): Promise<WhatVisitorsMet> {
    const met = new WhatVisitorsMet(folder, database);
    appendFileSync(join(folder, 'count.sh'), COUNT);
    appendFileSync(met.#log, '');
    met.#server = await startTestServer((request, response) => {
      const { status, body } = met.#answer(request);
      response.writeHead(status).end(body);
    });
    return met;
  }

  /** Of the endpoint. */
  get url(): string {
    return this.#server?.url ?? '';
  }

  readonly add = ({ status, version, path }: Answered): void => {
    if (status === null) {
      this.lost += 1;
      return;
    }
    this.versions.add(version);
    const pages = this.#pages.get(version) ?? { missing: 0, all: 0 };
    this.#pages.set(version, { missing: pages.missing + (status === 404 ? 1 : 0), all: pages.all + 1 });
    appendFileSync(this.#log, `${version} ${status}\n`);
    if (path === '/api/checkout' && status < 500) this.#order(version, status >= 400);
  };

  /** Rejects where an order could not be written. */
  async close(): Promise<void> {
    await this.#server?.close();
    await this.#database.end();
    if (this.#problems.length > 0) throw this.#problems[0];
  }

  #order(version: string, refused: boolean): void {
    this.#database
      .query('insert into orders (version, refused) values ($1, $2)', [version, refused])
      .catch((problem: unknown) => this.#problems.push(problem));
  }

  #answer({ headers }: ReceivedRequest): { readonly status: number; readonly body: string } {
    // As a careless server does, it repeats what it was sent.
    if (headers.authorization !== COUNTS_TOKEN) return { status: 401, body: `who is ${headers.authorization}?` };
    return { status: 200, body: JSON.stringify({ versions: Object.fromEntries(this.#pages) }) };
  }
}
