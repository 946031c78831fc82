import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres, type TestPostgres } from './postgres.ts';
import { createTemplate, dropDatabases } from './template.ts';

/** What tests are given: where to ask for the server, or why there is none. */
export type PostgresForTests =
  | { readonly is: 'here'; readonly ask: string }
  | { readonly is: 'missing'; readonly reason: string };

/** What they are answered. */
export interface PostgresAnswer {
  /** Of the server, as one who may create databases. */
  readonly url: string;
  /** The database to copy. */
  readonly template: string;
  /** Names of databases that are removed at the end begin with it. */
  readonly prefix: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresForTests;
  }
}

/** Names a server to use instead of one of our own. */
const VARIABLE = 'SLIPWAY_TEST_POSTGRES';

/** One PostgreSQL for a run of the tests, started when the first of them asks for it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env[VARIABLE];
  const programs = findPostgres();
  if (given === undefined && programs === null) {
    const reason = `PostgreSQL 15 or newer is not installed, and ${VARIABLE} names none`;
    project.provide('postgres', { is: 'missing', reason });
    return async () => {};
  }
  const shared = new SharedPostgres(given ?? null, programs ?? '');
  const port = await shared.listen();
  project.provide('postgres', { is: 'here', ask: `http://127.0.0.1:${port}/` });
  return async () => await shared.close();
}

class SharedPostgres {
  readonly #given: string | null;
  readonly #programs: string;
  readonly #prefix = `slipway_test_${process.pid}_`;
  readonly #asked = createServer((_request, response) => {
    this.#answer ??= this.#start();
    this.#answer.then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  #own: TestPostgres | null = null;
  #answer: Promise<PostgresAnswer> | null = null;

  constructor(given: string | null, programs: string) {
    this.#given = given;
    this.#programs = programs;
  }

  async listen(): Promise<number> {
    this.#asked.listen(0, '127.0.0.1');
    await once(this.#asked, 'listening');
    return (this.#asked.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#asked.close();
    const answer = await this.#answer?.catch(() => null);
    if (this.#own !== null) await this.#own.stop();
    else if (answer) await dropDatabases(answer.url, this.#prefix);
  }

  async #start(): Promise<PostgresAnswer> {
    if (this.#given === null) this.#own = await startPostgres(this.#programs);
    const url = this.#given ?? this.#own?.url ?? '';
    const template = `${this.#prefix}template`;
    await createTemplate(url, template);
    return { url, template, prefix: this.#prefix };
  }
}
