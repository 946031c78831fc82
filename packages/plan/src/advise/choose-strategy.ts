import { feasible } from './feasible.ts';
import type { AdviceRule, Chosen, Situation } from './situation.ts';

/** Users from which a product has grown, and above which it is large. */
const [GROWN, LARGE] = [10_000, 100_000] as const;

/** Walks the tree: is it critical, for how many, what else is asked of it; then whether there is what that takes. */
export function chooseStrategy(situation: Situation): Chosen {
  const wanted = isCritical(situation) ? critical(situation) : standard(situation);
  return feasible(byAccount(wanted, situation), situation);
}

const isLarge = ({ users }: Situation): boolean => users > LARGE;
const hasGrown = ({ users }: Situation): boolean => users >= GROWN;
const isCritical = (situation: Situation): boolean => situation.risk === 'high' || isLarge(situation);

function standard(situation: Situation): Chosen {
  const { change, fixedDate, reversible } = situation;
  if (hasGrown(situation)) {
    if (change === 'migration') return { strategy: 'blue-green', rules: ['standard', 'migration-whole'] };
    return { strategy: 'rolling', rules: ['standard', 'fixes-roll'] };
  }
  if (fixedDate && change === 'feature' && reversible)
    return { strategy: 'big-bang', rules: ['standard', 'imposed-date'] };
  return { strategy: 'rolling', rules: ['standard', 'small-product'] };
}

function critical(situation: Situation): Chosen {
  const why: AdviceRule = situation.risk === 'high' ? 'critical-risk' : 'critical-size';
  const { strategy, rules } = hasGrown(situation) ? forMany(situation) : forFew(situation);
  return { strategy, rules: [why, ...rules] };
}

function forMany(situation: Situation): Chosen {
  const { change, loadUnproven, flags } = situation;
  if (change === 'migration') return { strategy: 'blue-green', rules: ['large-audience', 'migration-whole'] };
  if (change === 'config' && isLarge(situation)) {
    return { strategy: 'blue-green', rules: ['large-audience', 'infrastructure-whole'] };
  }
  if (loadUnproven) return { strategy: 'dark-launch', rules: ['large-audience', 'prove-load-first'] };
  if (change === 'feature' && flags && isLarge(situation)) {
    return { strategy: 'flag', rules: ['large-audience', 'flags-for-everything'] };
  }
  return { strategy: 'canary', rules: ['large-audience'] };
}

function forFew({ change, compliance, flags }: Situation): Chosen {
  if (compliance) return { strategy: 'blue-green', rules: ['compliance'] };
  if (change === 'feature' && flags) return { strategy: 'flag', rules: ['critical-feature-flag'] };
  return { strategy: 'rolling', rules: ['small-product'] };
}

/** Businesses get a feature account by account, whatever share of them that is. */
function byAccount(chosen: Chosen, { audience, change, flags }: Situation): Chosen {
  const isShared = chosen.strategy !== 'blue-green' && chosen.strategy !== 'dark-launch';
  if (audience !== 'b2b' || change !== 'feature' || !flags || !isShared) return chosen;
  return { strategy: 'flag', rules: [...chosen.rules, 'by-account'] };
}
