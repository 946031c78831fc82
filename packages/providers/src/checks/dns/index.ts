import type { CheckProvider, CheckResult, EvidenceItem, RetryableError } from '@slipway/provider-kit';
import { boundedEvidence } from '@slipway/provider-kit';
import { askAll } from './ask-all.ts';
import type { Asking, DnsAnswer } from './ask-server.ts';
import { agreementItems, judgeAnswer, ttlItems } from './judge-answers.ts';
import type { DnsCheckConfig } from './schema.ts';
import { dnsCheckSchema } from './schema.ts';
import { askZone } from './zone-ttl.ts';

const DNS_PORT = 53;

/** Asks DNS servers for a name's records. That there are none is a fail; a server that cannot say is an error. */
export const dnsCheck: CheckProvider<DnsCheckConfig, never> = {
  kind: 'check',
  name: 'dns',
  schema: dnsCheckSchema,
  needs: [],
  async run(config, context) {
    context.signal.throwIfAborted();
    const asking: Asking = { timeoutMs: config.timeout, signal: context.signal };
    const { answers, errors } = await askAll(config, asking);
    const items = answers.flatMap((answer) => judgeAnswer(config, answer));
    const told = [...items, ...agreementItems(config, answers)];
    // A "no" stands, whatever the others would have said.
    if (isWrong(told)) return resultOf(config, [...told, ...errors.map(silentItem)]);
    const [error] = errors;
    if (error !== undefined) throw error;
    return resultOf(config, [...told, ...(await zoneItems(config, answers, asking))]);
  },
};

const isWrong = (items: readonly EvidenceItem[]): boolean => items.some((item) => item.verdict !== 'pass');

const silentItem = (error: RetryableError): EvidenceItem => ({
  asked: 'another resolver',
  found: error.message,
  expected: 'an answer',
  verdict: 'unknown',
});

/** What a cache says of a time to live is no more than a part of it. */
async function zoneItems(
  config: DnsCheckConfig,
  answers: readonly DnsAnswer[],
  asking: Asking,
): Promise<readonly EvidenceItem[]> {
  const cached = answers.find((answer) => !answer.isAuthoritative);
  if (config['max-ttl'] === undefined || cached === undefined) return [];
  const question = { name: config.name, type: config.type, resolver: cached.server, port: DNS_PORT };
  return (await askZone(question, asking)).flatMap((answer) => ttlItems(config, answer));
}

function resultOf(config: DnsCheckConfig, items: readonly EvidenceItem[]): CheckResult {
  const wrong = items.find((item) => item.verdict !== 'pass');
  const summary =
    wrong === undefined
      ? `${config.type} of ${config.name} is as expected: ${items[0]?.found ?? ''}`
      : `${wrong.asked} is not as expected: ${wrong.found}, expected ${wrong.expected}`;
  return { verdict: wrong === undefined ? 'pass' : 'fail', evidence: boundedEvidence(oneLine(summary), items) };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 500).toWellFormed();
