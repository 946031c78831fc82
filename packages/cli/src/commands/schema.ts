import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

export function addSchema(cli: Cli): void {
  cli.verb('schema', 'schema', schema);
}

/** The same with and without --json: a JSON Schema is JSON. */
async function schema(session: Session): Promise<ExitCode> {
  session.printJson(await withAnyServer(session, (api) => api.planSchema()));
  return EXIT.ok;
}
