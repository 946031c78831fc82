import { tmpdir } from 'node:os';
import type { BaseContext, Capabilities, Capability, ProviderContext, SecretRef } from '../context.ts';
import { TerminalError } from '../errors.ts';
import { createHttpClient } from '../http/undici-http-client.ts';
import { createCommandRunner } from '../process/local-command-runner.ts';
import { createRedactor } from '../redaction/redactor.ts';

export interface TestContextOptions extends Partial<Omit<Capabilities, 'secret'>> {
  readonly signal?: AbortSignal;
  readonly effect?: string;
  readonly attempt?: number;
  readonly now?: () => number;
  /** By the name of the environment variable or the path of the file that a SecretRef names. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface TestContext extends BaseContext, Capabilities {
  /** What was logged, redacted as the engine does it. */
  readonly lines: readonly string[];
}

const NO_LAUNCHES: Capabilities['launches'] = {
  own: { id: 'shop-1', artifact: { name: 'shop', version: '1.0.0', git: null }, planDigest: 'digest' },
  list: () => Promise.reject(new TerminalError('this test has no launches')),
  read: () => Promise.reject(new TerminalError('this test has no launches')),
};

/** A context with real capabilities (HTTP, commands, files) for tests. Give directories of the test's own where it writes. */
export function createTestContext(options: TestContextOptions = {}): TestContext {
  const { secrets = {}, ...given } = options;
  const lines: string[] = [];
  const redactor = createRedactor();
  const secret = async (ref: SecretRef): Promise<string> => {
    const name = 'env' in ref ? ref.env : ref.file;
    const value = secrets[name];
    if (value === undefined) throw new TerminalError(`the secret ${name} is not set`);
    redactor.add(value);
    return value;
  };
  return {
    signal: new AbortController().signal,
    effect: 'effect-1',
    attempt: 1,
    now: Date.now,
    log: (line) => lines.push(redactor.redact(line)),
    http: createHttpClient(),
    commands: createCommandRunner(),
    directory: tmpdir(),
    dataDirectory: tmpdir(),
    routerCounts: () => Promise.reject(new TerminalError('this test has no router')),
    rota: () => ({ ok: false, reason: 'this test has no calendar' }),
    flagCounts: () => Promise.reject(new TerminalError('this test has no flags')),
    launches: NO_LAUNCHES,
    rehearsal: { planDigest: 'digest', run: () => Promise.reject(new TerminalError('this test has no rehearsal')) },
    ...given,
    secret,
    lines,
  };
}

/** The context cut down to what a provider declares: what it did not ask for is not there. */
export function contextFor<Needs extends Capability>(
  needs: readonly Needs[],
  context: TestContext,
): ProviderContext<Needs> {
  const { signal, effect, attempt, now, log } = context;
  const granted = Object.fromEntries(needs.map((need) => [need, context[need]]));
  return { signal, effect, attempt, now, log, ...(granted as Pick<Capabilities, Needs>) };
}
