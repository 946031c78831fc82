import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

const options = z.object({ policy: z.boolean().optional() });

export function addSchema(cli: Cli): void {
  cli.verb('schema', 'schema', schema).option('--policy', cli.m.options.policySchema);
}

/** The same with and without --json: a JSON Schema is JSON. */
async function schema(session: Session): Promise<ExitCode> {
  const { policy = false } = session.options(options);
  session.printJson(await withAnyServer(session, (api) => (policy ? api.policySchema() : api.planSchema())));
  return EXIT.ok;
}
