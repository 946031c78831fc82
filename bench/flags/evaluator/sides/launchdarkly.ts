import { basicLogger, init } from '@launchdarkly/node-server-sdk';
import { TestData } from '@launchdarkly/node-server-sdk/integrations';
import { RULE, SHARE } from '../questions.ts';
import type { OpenSide } from '../side.ts';

const FLAG = { version: 1, on: true, variations: [true, false], offVariation: 1, salt: 'bench' };
const CLAUSE = { contextKind: 'user', attribute: 'country', op: 'in', values: [...RULE] };
/** In thousandths of a per cent. */
const WEIGHTS = [
  { variation: 0, weight: SHARE * 1_000 },
  { variation: 1, weight: (100 - SHARE) * 1_000 },
];
const SPLIT = { id: 'rule', clauses: [CLAUSE], rollout: { contextKind: 'user', variations: WEIGHTS } };

/** From its test data, with nothing sent anywhere. Its answers are promises: they are awaited one by one, as an application does. */
export const openLaunchdarkly: OpenSide = async (people) => {
  const data = new TestData();
  await data.usePreconfiguredFlag({ ...FLAG, key: 'plain', rules: [], fallthrough: { variation: 0 } });
  await data.usePreconfiguredFlag({ ...FLAG, key: 'rollout', rules: [SPLIT], fallthrough: { variation: 1 } });
  const quiet = { sendEvents: false, diagnosticOptOut: true, logger: basicLogger({ level: 'none' }) };
  const client = init('sdk-key', { updateProcessor: data.getFactory(), ...quiet });
  await client.waitForInitialization({ timeout: 10 });
  const contexts = people.map((person) => ({ kind: 'user', ...person }));
  return {
    ask: async (question) => {
      let on = 0;
      for (const context of contexts) if (await client.boolVariation(question, context, false)) on += 1;
      return on;
    },
  };
};
