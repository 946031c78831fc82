import { describe, expect, test } from 'vitest';
import { SHOP_PLAN } from '../testing/shop-plan.ts';
import { rolesOf } from './people.ts';
import { sayIn } from './report-input.ts';

const roles = rolesOf(
  { ...SHOP_PLAN, people: { lead: ['al'], ops: ['al', 'b.o@x.example'] } },
  ['guest+1@x.example'],
  sayIn('en'),
);

describe('a text without names', () => {
  test.each([
    ['GO by al', 'GO by lead, ops'],
    ['AL said so.', 'lead, ops said so.'],
    ['always', 'always'],
    ['b.o@x.example, al: done', 'ops, lead, ops: done'],
    ['bxo@x.example', 'bxo@x.example'],
    ['guest+1@x.example voted', 'a person without a role in the plan voted'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(roles.without(text)).toBe(expected);
  });

  test.each([
    [{ kind: 'slipway' }, 'Slipway'],
    [{ kind: 'person', id: 'al' }, 'lead, ops'],
    [{ kind: 'person', id: 'nobody' }, 'a person without a role in the plan'],
  ] as const)('an actor %j', (actor, expected) => {
    expect(roles.actor(actor)).toBe(expected);
  });
});
