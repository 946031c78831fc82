import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, formatDuration, TerminalError } from '@slipway/provider-kit';
import type { BadShare } from './bad-share.ts';
import { shareInDocument, shareInPrometheus } from './bad-share.ts';
import { budgetLeft, CLASS_WORDS, classOf } from './budget.ts';
import type { ErrorBudgetCheckConfig } from './schema.ts';
import { errorBudgetCheckSchema } from './schema.ts';

type Needs = 'http' | 'secret';

/** Looks how much of an error budget is left, and whether the policy lets this launch go with that. */
export const errorBudgetCheck: CheckProvider<ErrorBudgetCheckConfig, Needs> = {
  kind: 'check',
  name: 'error-budget',
  schema: errorBudgetCheckSchema,
  needs: ['http', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const bad = await badShare(config, context);
    const item = 'unknown' in bad ? unknownItem(bad.unknown, config) : budgetItem(bad, config);
    const verdict = item.verdict === 'pass' ? 'pass' : 'fail';
    const summary = `The error budget ${verdict === 'pass' ? 'lets' : 'does not let'} this ${config.change} go: ${item.found}`;
    return { verdict, evidence: boundedEvidence(summary, [item]) };
  },
};

async function badShare(config: ErrorBudgetCheckConfig, context: ProviderContext<Needs>): Promise<BadShare> {
  if (config.prometheus !== undefined) return await shareInPrometheus(config.prometheus, config.window, context);
  if (config.http !== undefined) return await shareInDocument(config.http, context);
  throw new TerminalError('give one of prometheus, http');
}

const askedOf = ({ objective, window }: ErrorBudgetCheckConfig): string =>
  `error budget of ${percent(objective)} over ${formatDuration(window)}`;

function unknownItem(reason: string, config: ErrorBudgetCheckConfig): EvidenceItem {
  return { asked: askedOf(config), found: `unknown: ${reason}`, expected: 'a number', verdict: 'unknown' };
}

function budgetItem(
  { share, said }: Extract<BadShare, { readonly share: number }>,
  config: ErrorBudgetCheckConfig,
): EvidenceItem {
  const { objective, policy, change } = config;
  const left = budgetLeft(share, objective);
  const own = classOf(left, policy);
  const found = `${percent(left)} left (${said}): ${CLASS_WORDS[own]}`;
  const classes = (['normal', 'review', 'fixes', 'freeze'] as const).filter((each) => policy[each].includes(change));
  const words = classes.map((each) => CLASS_WORDS[each]).join(', ');
  const expected = words === '' ? `no ${change} at any time` : `for a ${change}: ${words}`;
  return { asked: askedOf(config), found, expected, verdict: policy[own].includes(change) ? 'pass' : 'fail' };
}

/** To a thousandth of a percent: an objective may have three nines after its point. */
const percent = (share: number): string => `${Math.round(share * 100_000) / 1000} %`;
