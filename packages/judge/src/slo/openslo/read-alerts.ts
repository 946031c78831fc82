import type { SloAlert, SloMeta } from './catalogue.ts';
import type { Fields, Item } from './fields.ts';
import type { Library } from './library.ts';
import { readCondition } from './read-condition.ts';
import { loseDetails, readMeta } from './read-meta.ts';

/** The alerts of an SLO, each from a policy that is inline or named. What cannot be taken is refused where it stands. */
export function readAlerts(spec: Fields, library: Library): readonly SloAlert[] {
  const reference = { key: 'alertPolicyRef', kind: 'AlertPolicy', library };
  return spec.items('alertPolicies').flatMap((item) => {
    const policy = resolved(spec, item, reference);
    const alert = policy === null ? null : readPolicy(policy, library);
    return alert === null ? [] : [alert];
  });
}

interface Reference {
  readonly key: string;
  readonly kind: string;
  readonly library: Library;
}

/** The object itself, or the one that it names: `{ alertPolicyRef: name }`, or only the name, as older files have it. */
function resolved(owner: Fields, { place, value }: Item, { key, kind, library }: Reference): Fields | null {
  if (typeof value === 'string')
    return library.find(kind, value, owner.findings) ?? owner.refuse(place, 'unknown-reference');
  if (!value.has(key)) return value;
  const name = value.neededText(key);
  value.close();
  return name === null ? null : (library.find(kind, name, owner.findings) ?? value.refuse(key, 'unknown-reference'));
}

function readPolicy(policy: Fields, library: Library): SloAlert | null {
  policy.header();
  const meta = readMeta(policy);
  const spec = policy.neededBelow('spec');
  policy.close();
  if (meta === null || spec === null) return null;
  loseDetails(policy, meta);
  const [item, ...others] = spec.items('conditions');
  if (item === undefined || others.length > 0) return spec.refuse('conditions', 'one-expected');
  const condition = resolved(spec, item, { key: 'conditionRef', kind: 'AlertCondition', library });
  const isAlerting = readSwitches(spec);
  spec.close();
  return condition === null || !isAlerting ? null : namedAlert(condition, meta);
}

function namedAlert(condition: Fields, policy: SloMeta): SloAlert | null {
  const alert = readCondition(condition);
  return alert === null ? null : { ...alert, policy: policy.name };
}

/** Whether the policy calls when the budget burns. It may also call for what we tell otherwise: no data, and all clear. */
function readSwitches(spec: Fields): boolean {
  for (const key of ['alertWhenNoData', 'alertWhenResolved']) {
    if (spec.flag(key) === true) spec.lose(key, 'not-kept');
  }
  if (spec.list('notificationTargets').length > 0) spec.lose('notificationTargets', 'not-kept');
  if (spec.flag('alertWhenBreaching') !== false) return true;
  spec.lose('alertWhenBreaching', 'never-alerts');
  return false;
}
