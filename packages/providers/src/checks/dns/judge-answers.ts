import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';
import type { DnsAnswer } from './ask-server.ts';
import { expectationText, valuesHold } from './expected-values.ts';
import { canonicalName, recordText } from './record-text.ts';
import type { DnsCheckConfig } from './schema.ts';
import { formatServerAddress } from './server-address.ts';

/** What one resolver said of the records, and of their time to live where that matters. */
export function judgeAnswer(config: DnsCheckConfig, answer: DnsAnswer): readonly EvidenceItem[] {
  return [recordsItem(config, answer), ...ttlItems(config, answer)];
}

/** The records of the type that was asked for, whatever alias leads to them, in an order that does not change. */
export function valuesOf({ type }: DnsCheckConfig, { records }: DnsAnswer): readonly string[] {
  const values = records.filter((record) => record.type === type).flatMap((record) => recordText(record) ?? []);
  return [...new Set(values)].toSorted();
}

function recordsItem(config: DnsCheckConfig, answer: DnsAnswer): EvidenceItem {
  const values = valuesOf(config, answer);
  const asked = `${config.type} of ${config.name} at ${formatServerAddress(answer.server)}`;
  return {
    asked,
    found: foundText(config, answer, values),
    expected: expectationText(config),
    verdict: verdictOf(valuesHold(config, values)),
  };
}

function foundText({ type }: DnsCheckConfig, { exists }: DnsAnswer, values: readonly string[]): string {
  if (!exists) return 'there is no such name (NXDOMAIN)';
  return values.length === 0 ? `the name has no ${type} record` : values.join(', ');
}

/** None where any time to live is right. */
export function ttlItems(config: DnsCheckConfig, answer: DnsAnswer): readonly EvidenceItem[] {
  const max = config['max-ttl'];
  if (max === undefined) return [];
  const seconds = longestTtl(config, answer);
  const asked = `time to live at ${formatServerAddress(answer.server)}`;
  const expected = `at most ${formatDuration(max)}`;
  if (seconds === null) return [{ asked, found: 'no record to have one', expected, verdict: 'unknown' }];
  const origin = answer.isAuthoritative ? '' : ' left in its cache';
  return [
    { asked, found: `${formatDuration(seconds * 1000)}${origin}`, expected, verdict: verdictOf(seconds * 1000 <= max) },
  ];
}

/**
 * Seconds; of the records that stand at the name itself, an alias included: those are what a cut-over changes. null where there is none,
 * or where one does not say.
 */
function longestTtl({ name, type }: DnsCheckConfig, { records }: DnsAnswer): number | null {
  const own = records.filter(
    (record) => canonicalName(record.name) === canonicalName(name) && (record.type === type || record.type === 'CNAME'),
  );
  const times = own.map((record) => ('ttl' in record && typeof record.ttl === 'number' ? record.ttl : Number.NaN));
  const longest = Math.max(...times);
  return times.length === 0 || Number.isNaN(longest) ? null : longest;
}

/** Whether all resolvers say the same; nothing where there is only one. */
export function agreementItems(config: DnsCheckConfig, answers: readonly DnsAnswer[]): readonly EvidenceItem[] {
  if (answers.length < 2) return [];
  const said = answers.map(
    (answer) => `${formatServerAddress(answer.server)}: ${foundText(config, answer, valuesOf(config, answer))}`,
  );
  const different = new Set(answers.map((answer) => foundText(config, answer, valuesOf(config, answer))));
  const found = different.size === 1 ? `all ${answers.length} say the same` : said.join('; ');
  return [{ asked: 'resolvers agree', found, expected: 'the same records', verdict: verdictOf(different.size === 1) }];
}

const verdictOf = (holds: boolean): EvidenceItem['verdict'] => (holds ? 'pass' : 'fail');
