import type { CheckProvider, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence } from '@slipway/provider-kit';
import { authorizationOf } from '../../metric-sources/prometheus/prometheus-api.ts';
import type { Server } from './ask-json.ts';
import { fireTest } from './fire-test.ts';
import { managerItem, ruleItems } from './rule-items.ts';
import type { AlertCheckConfig } from './schema.ts';
import { alertCheckSchema } from './schema.ts';

type Needs = 'http' | 'secret';

/** Looks whether alerts could fire, and where the plan says so lets one fire: that one changes something, and takes it back. */
export const alertCheck: CheckProvider<AlertCheckConfig, Needs> = {
  kind: 'check',
  name: 'alert',
  schema: alertCheckSchema,
  needs: ['http', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const prometheus = await serverOf('Prometheus', config, { timeout: config.timeout, context });
    const items = [
      ...(await ruleItems(config.rules, prometheus, context)),
      await managerItem(prometheus, context),
      ...(await testItems(config, context)),
    ];
    const wrong = items.find((item) => item.verdict !== 'pass');
    const summary =
      wrong === undefined
        ? `Alerts can fire: ${items.map((item) => `${item.asked} ${item.found}`).join('; ')}`
        : `Alerts may not fire: ${wrong.asked} is ${wrong.found}, expected ${wrong.expected}`;
    return { verdict: wrong === undefined ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

async function testItems({ alertmanager, timeout }: AlertCheckConfig, context: ProviderContext<Needs>) {
  if (alertmanager === undefined || !alertmanager['fire-test']) return [];
  return [await fireTest(alertmanager, await serverOf('Alertmanager', alertmanager, { timeout, context }), context)];
}

async function serverOf(
  name: string,
  place: Pick<AlertCheckConfig, 'url' | 'auth'>,
  { timeout, context }: { readonly timeout: number; readonly context: ProviderContext<Needs> },
): Promise<Server> {
  return { name, url: place.url, headers: await authorizationOf(place, context), timeout };
}
