import type { EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { z } from 'zod';
import { oneLine } from '../../metric-sources/common/one-line.ts';
import type { Server } from './ask-json.ts';
import { askJson } from './ask-json.ts';

const ruleSchema = z.object({
  name: z.string(),
  health: z.string(),
  state: z.string().default('unknown'),
  lastError: z.string().default(''),
});
const rulesSchema = z.object({
  status: z.literal('success'),
  data: z.object({ groups: z.array(z.object({ rules: z.array(ruleSchema) })) }),
});
const managersSchema = z.object({
  status: z.literal('success'),
  data: z.object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) }),
});

type Rule = z.infer<typeof ruleSchema>;

const STATES: ReadonlySet<string> = new Set(['inactive', 'pending', 'firing']);

/** One item for each rule: loaded, and worked out without an error. Of several rules of a name each must be. */
export async function ruleItems(
  names: readonly string[],
  server: Server,
  context: ProviderContext<'http'>,
): Promise<readonly EvidenceItem[]> {
  const answer = await askJson({ path: '/api/v1/rules?type=alert', schema: rulesSchema }, server, context);
  const rules = answer.data.groups.flatMap((group) => group.rules);
  return names.map((name) =>
    ruleItem(
      name,
      rules.filter((rule) => rule.name === name),
    ),
  );
}

function ruleItem(name: string, rules: readonly Rule[]): EvidenceItem {
  const asked = `alerting rule ${name}`;
  const expected = 'health ok';
  const worst = rules.find((rule) => !isHealthy(rule)) ?? rules[0];
  if (worst === undefined) return { asked, found: 'not loaded', expected, verdict: 'fail' };
  const error = worst.lastError === '' ? '' : `: ${oneLine(worst.lastError)}`;
  const found = `${worst.state}, health ${worst.health}${error}`;
  if (isHealthy(worst)) return { asked, found, expected, verdict: 'pass' };
  // A rule that was never worked out yet is neither well nor ill.
  return { asked, found, expected, verdict: worst.health === 'err' ? 'fail' : 'unknown' };
}

const isHealthy = ({ health, state }: Rule): boolean => health === 'ok' && STATES.has(state);

/** Whether Prometheus has somebody to tell. */
export async function managerItem(server: Server, context: ProviderContext<'http'>): Promise<EvidenceItem> {
  const answer = await askJson({ path: '/api/v1/alertmanagers', schema: managersSchema }, server, context);
  const hosts = answer.data.activeAlertmanagers.map(({ url }) => (URL.canParse(url) ? new URL(url).host : 'one'));
  return {
    asked: 'Alertmanagers of Prometheus',
    found: hosts.length === 0 ? 'none active' : hosts.slice(0, 5).join(', '),
    expected: 'at least one active',
    verdict: hosts.length === 0 ? 'fail' : 'pass',
  };
}
