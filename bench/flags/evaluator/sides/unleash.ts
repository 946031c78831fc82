import { InMemStorageProvider, startUnleash } from 'unleash-client';
import { Operator } from 'unleash-client/lib/strategy/strategy.js';
import { RULE, SHARE } from '../questions.ts';
import type { OpenSide } from '../side.ts';

const EVERYBODY = { name: 'default', parameters: {}, constraints: [] };
const CONSTRAINT = { contextName: 'country', operator: Operator.IN, inverted: false, values: [...RULE] };
const SOME = {
  name: 'flexibleRollout',
  parameters: { rollout: String(SHARE), stickiness: 'userId', groupId: 'rollout' },
  constraints: [CONSTRAINT],
};
const FEATURES = [
  { name: 'plain', enabled: true, strategies: [EVERYBODY] },
  { name: 'rollout', enabled: true, strategies: [SOME] },
];

/** An address is asked for, and never used. */
const NOBODY = 'http://127.0.0.1:9/api';

/** From its bootstrap data, which it asks nobody to renew. Metrics are off. */
export const openUnleash: OpenSide = async (people) => {
  const quiet = { refreshInterval: 0, disableMetrics: true, storageProvider: new InMemStorageProvider<never>() };
  const unleash = await startUnleash({ appName: 'bench', url: NOBODY, bootstrap: { data: FEATURES }, ...quiet });
  const contexts = people.map(({ key, country, plan, version }) => ({
    userId: key,
    properties: { country, plan, version },
  }));
  return {
    ask: (question) => {
      let on = 0;
      for (const context of contexts) if (unleash.isEnabled(question, context)) on += 1;
      return on;
    },
  };
};
