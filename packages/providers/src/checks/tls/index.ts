import { resolve } from 'node:path';
import type { CheckProvider, CheckResult, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import { shakeHands } from './handshake.ts';
import { judgeHandshake } from './judge-handshake.ts';
import type { TlsCheckConfig } from './schema.ts';
import { tlsCheckSchema } from './schema.ts';

const MAX_CA_BYTES = 1_000_000;

/** Shakes hands with a TLS server and looks at its certificates. A host that cannot be reached is an error, not a fail. */
export const tlsCheck: CheckProvider<TlsCheckConfig, 'directory'> = {
  kind: 'check',
  name: 'tls',
  schema: tlsCheckSchema,
  needs: ['directory'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const handshake = await shakeHands({
      host: config.host,
      port: config.port,
      serverName: config['server-name'] ?? config.host,
      ca: await authorities(config, context),
      timeoutMs: config.timeout,
      signal: context.signal,
    });
    return resultOf(config, judgeHandshake(config, handshake, context.now()));
  },
};

async function authorities({ ca }: TlsCheckConfig, context: ProviderContext<'directory'>): Promise<string | null> {
  if (ca === undefined) return null;
  const text = await readBoundedFile(resolve(context.directory, ca), MAX_CA_BYTES);
  // OpenSSL takes a file without a certificate for "trust nobody", and the check would blame the server.
  if (text === null) throw new TerminalError(`${ca} does not exist: name the PEM file of the authority to trust`);
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new TerminalError(`${ca} holds no PEM certificate`);
  return text;
}

function resultOf(config: TlsCheckConfig, items: readonly EvidenceItem[]): CheckResult {
  const wrong = items.find((item) => item.verdict !== 'pass');
  const server = `${config.host}:${config.port}`;
  const days = items.find((item) => item.asked === 'days left');
  const summary =
    wrong === undefined
      ? `the certificate of ${server} is trusted, days left: ${days?.found ?? 'enough'}`
      : `the certificate of ${server} is not as expected: ${wrong.asked}: ${wrong.found}, expected ${wrong.expected}`;
  return { verdict: wrong === undefined ? 'pass' : 'fail', evidence: boundedEvidence(oneLine(summary), items) };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 500).toWellFormed();
