import type { CheckProvider, EvidenceItem } from '@slipway/provider-kit';
import { boundedEvidence } from '@slipway/provider-kit';
import type { CommandNeeds } from '../../commands/run-command.ts';
import { ageItem } from './age-item.ts';
import { evaluate } from './evaluate.ts';
import type { LoadSummary } from './load-summary.ts';
import { readSummary } from './read-summary.ts';
import type { LoadTestCheckConfig } from './schema.ts';
import { loadTestCheckSchema } from './schema.ts';

/** Looks at what a load test found: latency percentiles, errors, rate, and the thresholds that the tool itself was given. */
export const loadTestCheck: CheckProvider<LoadTestCheckConfig, CommandNeeds> = {
  kind: 'check',
  name: 'load-test',
  schema: loadTestCheckSchema,
  needs: ['commands', 'directory', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const { summary, writtenAt, items: found } = await readSummary(config, context);
    const age = ageItem({ writtenAt, finishedAt: summary.finishedAt }, context.now(), config['max-age']);
    const items = [...found, age, ...evaluate(config, summary)];
    const passes = items.every((item) => item.verdict === 'pass');
    return { verdict: passes ? 'pass' : 'fail', evidence: boundedEvidence(summaryText(summary, items), items) };
  },
};

function summaryText({ tool, requests }: LoadSummary, items: readonly EvidenceItem[]): string {
  const what = `The load test by ${tool} (${requests} requests)`;
  const wrong = items.find((item) => item.verdict !== 'pass');
  if (wrong === undefined) return `${what} holds all ${items.length} conditions`;
  return oneLine(`${what} does not do: ${wrong.asked} is ${wrong.found}, expected ${wrong.expected}`);
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
