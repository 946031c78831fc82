import { createPlanLanguage, type Plan, renderText } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, it } from 'vitest';
import { killLaunchName, killPlan } from './kill-launch.ts';
import type { KillTold } from './kill-message.ts';

const language = createPlanLanguage(registry);
const TOLD: KillTold = {
  set: 'shop.production',
  flag: 'newCheckout',
  kind: 'kill',
  by: 'ada@shop.example',
  reason: 'payments fail',
  off: 'off',
};
const POLICY = {
  approvals: 0,
  channels: { team: { provider: 'file', config: { path: 'kills.md' } } },
  language: 'en',
} as const;

function messageOf(plan: Plan): { readonly title: string; readonly text: string } {
  const [step] = Object.values(plan.steps);
  if (step?.kind !== 'announce') throw new Error('the plan announces nothing');
  const variables = { launch: { name: plan.launch, title: plan.title, id: 'x-1' }, artifact: plan.artifact };
  const [title, text] = [step.message.title, step.message.text].map((part) => renderText(part, variables));
  if (title?.ok !== true || text?.ok !== true) throw new Error('it does not render');
  return { title: title.text, text: text.text };
}

describe('the launch that tells of a kill', () => {
  it.each<[Partial<KillTold>, string, RegExp]>([
    [
      {},
      'newCheckout is killed in shop.production',
      /^ada@shop\.example killed .*: payments fail\n\nEverybody gets off /,
    ],
    [{ kind: 'unkill' }, 'newCheckout serves again in shop.production', /^ada@shop\.example lifted the kill/],
    [{ by: null }, 'newCheckout is killed in shop.production', /^A schedule killed/],
    [
      { reason: '{{ facts.cause }} {% raw %}' },
      'newCheckout is killed in shop.production',
      /\{\{ facts\.cause \}\} \{% raw %\}/,
    ],
    [{ reason: '{{'.repeat(500) }, 'newCheckout is killed in shop.production', /\{\{…/],
    [{ flag: 'a/b:c', off: 'no, never!' }, 'a/b:c is killed in shop.production', /Everybody gets no, never! until/],
  ])('of %j says %j', (changes, title, text) => {
    const message = messageOf(killPlan(language, { ...TOLD, ...changes }, POLICY, 7).plan);
    expect(message.title).toBe(title);
    expect(message.text).toMatch(text);
  });

  it('speaks the language of the policy', () => {
    const { plan } = killPlan(language, TOLD, { ...POLICY, language: 'fr' }, 7);
    expect(messageOf(plan).title).toBe('newCheckout est coupé dans shop.production');
  });

  it('tells every channel once, in one step', () => {
    const channels = { ...POLICY.channels, other: { provider: 'file', config: { path: 'other.md' } } };
    const { plan } = killPlan(language, TOLD, { ...POLICY, channels }, 7);
    expect(Object.values(plan.steps)).toMatchObject([{ kind: 'announce', message: { to: ['team', 'other'] } }]);
  });

  it('refuses channels that no plan may have, with what is wrong', () => {
    const wrong = { team: { provider: 'pigeon', config: {} } };
    expect(() => killPlan(language, TOLD, { ...POLICY, channels: wrong }, 7)).toThrow(/pigeon/);
  });
});

describe('its name', () => {
  it.each<[string, RegExp]>([
    ['newCheckout', /^kill-new-checkout-[0-9a-f]{8}$/],
    ['Ünïcode//__X', /^kill-[a-z0-9-]+-[0-9a-f]{8}$/],
    ['9', /^kill-9-[0-9a-f]{8}$/],
    ['x'.repeat(200), /^kill-x{40}-[0-9a-f]{8}$/],
    ['---', /^kill-[0-9a-f]{8}$/],
  ])('of flag %j is one that a plan may have', (flag, form) => {
    const name = killLaunchName({ ...TOLD, flag }, 7);
    expect(name).toMatch(form);
    expect(name).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });

  it('is the same for the same event, and another for any other', () => {
    const names = [
      killLaunchName(TOLD, 7),
      killLaunchName(TOLD, 7),
      killLaunchName(TOLD, 8),
      killLaunchName({ ...TOLD, set: 'shop.staging' }, 7),
      killLaunchName({ ...TOLD, kind: 'unkill' }, 7),
    ];
    expect(new Set(names).size).toBe(4);
  });
});
