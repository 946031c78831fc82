import { resolve } from 'node:path';
import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { readCommand } from '../../commands/read-command.ts';
import type { CommandNeeds } from '../../commands/run-command.ts';
import { keysOfFile } from './keys-of-file.ts';
import { namesOfJson } from './names-of-json.ts';
import type { SecretsCheckConfig } from './schema.ts';
import { secretsCheckSchema } from './schema.ts';

type Context = ProviderContext<CommandNeeds>;

/** Looks whether secrets are in a store. A store is asked for names only; of a file and the environment nothing but the names is kept. */
export const secretsCheck: CheckProvider<SecretsCheckConfig, CommandNeeds> = {
  kind: 'check',
  name: 'secrets',
  schema: secretsCheckSchema,
  needs: ['commands', 'directory', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const there = await namesIn(config, context);
    const items = config.names.map((name): EvidenceItem => {
      const isThere = there.has(name);
      const found = isThere ? 'there' : 'missing';
      return { asked: `secret ${name}`, found, expected: 'there', verdict: isThere ? 'pass' : 'fail' };
    });
    const missing = config.names.filter((name) => !there.has(name));
    const place = placeOf(config);
    const summary =
      missing.length === 0
        ? `${place} has all ${items.length} secrets`
        : `${place} lacks ${missing.length} of ${items.length} secrets: ${missing.slice(0, 10).join(', ')}`;
    return { verdict: missing.length === 0 ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

async function namesIn({ names, file, command }: SecretsCheckConfig, context: Context): Promise<ReadonlySet<string>> {
  if (file !== undefined) return await namesInFile(file, context);
  if (command !== undefined) return namesOfJson(command.argv[0], await readCommand(command, context), command.names);
  return await namesInEnvironment(names, context);
}

async function namesInFile(file: string, { directory }: Context): Promise<ReadonlySet<string>> {
  const there = await keysOfFile(resolve(directory, file));
  if (there === null) throw new TerminalError(`${file} does not exist: name the file that has the secrets`);
  return there;
}

/** Through the server's own way to secrets: what it does not find there, no step of the launch will. */
async function namesInEnvironment(names: readonly string[], { secret }: Context): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  for (const name of names) {
    try {
      if ((await secret({ env: name })) !== '') there.add(name);
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
    }
  }
  return there;
}

function placeOf({ file, command }: SecretsCheckConfig): string {
  if (file !== undefined) return file;
  return command === undefined ? "the server's environment" : `the store that ${command.argv[0]} lists`;
}
