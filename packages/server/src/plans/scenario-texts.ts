import type { PlanReport } from '@slipway/contract';
import type { Plan, ScenarioCondition } from '@slipway/plan';
import { offerOf } from '../view/scenario.ts';

/** The scenarios that a plan offers, and by which table one of them is proposed. */
export function scenariosOf({ scenarios }: Plan): Pick<PlanReport, 'scenarios'> {
  if (scenarios === undefined) return {};
  const { after, choose, offer } = scenarios;
  const rows = choose.map(({ when, scenario }) => ({ when: when.map(conditionText), scenario }));
  return { scenarios: { after, choose: rows, offer: Object.values(offer).map(offerOf) } };
}

function conditionText(condition: ScenarioCondition): string {
  switch (condition.kind) {
    case 'check':
    case 'signoff':
      return `${condition.step} ${condition.is}`;
    case 'calendar':
      return `calendar ${condition.is}`;
    case 'value': {
      const { step, of, equals, above, below } = condition;
      const bounds = [
        ...(equals === undefined ? [] : [`= ${equals}`]),
        ...(above === undefined ? [] : [`> ${above}`]),
        ...(below === undefined ? [] : [`< ${below}`]),
      ];
      return `${step}${of === undefined ? '' : ` (${of})`} ${bounds.join(' and ')}`;
    }
  }
}
