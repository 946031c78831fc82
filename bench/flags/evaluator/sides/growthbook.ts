import { GrowthBookClient } from '@growthbook/growthbook';
import { RULE, SHARE } from '../questions.ts';
import type { OpenSide } from '../side.ts';

/** Nothing is said of whom it was asked about: there is no callback. */
export const openGrowthbook: OpenSide = async (people) => {
  const condition = { country: { $in: [...RULE] } };
  const rule = { condition, force: true, coverage: SHARE / 100, hashAttribute: 'id' };
  const features = { plain: { defaultValue: true }, rollout: { defaultValue: false, rules: [rule] } };
  const client = new GrowthBookClient().initSync({ payload: { features } });
  const contexts = people.map(({ key, ...rest }) => ({ attributes: { id: key, ...rest } }));
  return {
    ask: (question) => {
      let on = 0;
      for (const context of contexts) if (client.isOn(question, context)) on += 1;
      return on;
    },
  };
};
