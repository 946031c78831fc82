import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { CheckProvider, EvidenceItem } from '@slipway/provider-kit';
import { boundedEvidence } from '@slipway/provider-kit';
import { readBoundedFile } from './read-bounded-file.ts';
import type { EnvFileCheckConfig } from './schema.ts';
import { envFileCheckSchema } from './schema.ts';

const MAX_BYTES = 1_000_000;

/** Looks whether an environment file has certain keys. Nothing of a value leaves this file, not even its length. */
export const envFileCheck: CheckProvider<EnvFileCheckConfig, 'directory'> = {
  kind: 'check',
  name: 'env-file',
  schema: envFileCheckSchema,
  needs: ['directory'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const text = await readBoundedFile(resolve(context.directory, config.path), MAX_BYTES);
    const states = text === null ? null : statesOf(text, config.keys);
    const items = config.keys.map((key) => itemOf(key, states?.get(key) ?? null, config['not-empty']));
    const wrong = items.filter((item) => item.verdict !== 'pass').map((item) => item.asked.replace(/^key /, ''));
    const summary =
      wrong.length === 0
        ? `${config.path} has all ${items.length} keys`
        : `${text === null ? `${config.path} does not exist: it` : config.path} lacks ${wrong.slice(0, 10).join(', ')}`;
    return { verdict: wrong.length === 0 ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

type State = 'set' | 'empty' | 'missing';

function statesOf(text: string, keys: readonly string[]): ReadonlyMap<string, State> {
  const values = parseEnv(text);
  return new Map(
    keys.map((key): [string, State] => {
      if (!Object.hasOwn(values, key)) return [key, 'missing'];
      return [key, values[key] === '' ? 'empty' : 'set'];
    }),
  );
}

function itemOf(key: string, state: State | null, notEmpty: boolean): EvidenceItem {
  const passes = state === 'set' || (state === 'empty' && !notEmpty);
  return {
    asked: `key ${key}`,
    found: state ?? 'no such file',
    expected: notEmpty ? 'set' : 'set or empty',
    verdict: passes ? 'pass' : 'fail',
  };
}
