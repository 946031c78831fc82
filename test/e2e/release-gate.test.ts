import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { expect, test } from 'vitest';
import { githubRuns } from './support/outside.ts';
import { NIGHTLY, openGate, type Site, stateOf, statesOf, TAG } from './support/release-gate.ts';

const PATIENT = { timeout: 180_000 };
/** A message may be on its way when a launch has ended. */
const SOON = { timeout: 10_000 };

const read = (site: Site, file: string): string => readFileSync(join(site.folder, file), 'utf8');

/** What a journal says once it says this: a launch's last message may arrive after its end. */
async function journalOf(site: Site, file: string, wanted: string): Promise<string> {
  await expect.poll(() => read(site, file), SOON).toContain(wanted);
  return read(site, file);
}

async function served(site: Site): Promise<unknown> {
  const { version } = (await (await fetch(`${site.production}/healthz`)).json()) as { readonly version: string };
  return version;
}

test('A: staging is proposed, emptied, deployed, tried and watched', PATIENT, async () => {
  await using site = await openGate();
  const view = await site.run('staging-only', { wish: 'livrer' });
  expect([view.state, view.causes]).toEqual(['completed', []]);
  expect(view.scenario).toMatchObject({
    proposed: 'staging-only',
    chosen: { scenario: 'staging-only', by: 'rm@shop.example', override: false },
  });
  expect(statesOf(view, ['rollout-production', 'poser-le-tag-de-gel'])).toEqual(['not-chosen', 'not-chosen']);
  expect(JSON.parse(read(site, 'data/staging.json'))).toMatchObject({ transactions: [], rowLevelSecurity: true });
  await journalOf(site, 'docs/DEPLOYMENTS.md', 'Terminé : Scénario A');
  expect(site.outside.titlesIn('team')).toContain('Staging 2.2.0 : validé 48 h');
  expect(await served(site)).toBe('1.0.0');
  const record = JSON.stringify(await site.server.record(view.id));
  for (const evidence of [TAG, 'run 100', 'STAGING_PROJECT_REF', 'carte cadeau', 'scenario-chosen'])
    expect(record).toContain(evidence);
  expect(record).not.toContain('postgres://staging');
});

test('A: a smoke test that fails takes staging back, and its data with it', PATIENT, async () => {
  await using site = await openGate('2.1.0');
  const view = await site.run('staging-only', { wish: 'validation' });
  expect(view.state).toBe('scrubbed');
  expect(stateOf(view, 'staging-smoke')).toBe('failed');
  expect(JSON.parse(read(site, 'data/staging.json'))).toMatchObject({ transactions: [{ id: 1 }, { id: 2 }] });
  await journalOf(site, 'docs/DEPLOYMENTS.md', 'Abandon de 2.1.0');
});

test(
  'B: what staging has proved is proposed for production, deployed in its window, and watched',
  PATIENT,
  async () => {
    await using site = await openGate();
    site.provedInStaging('2.2.0');
    const view = await site.run('production', { wish: 'livrer' });
    expect([view.state, view.causes]).toEqual(['completed', []]);
    expect(view.scenario).toMatchObject({ proposed: 'production', chosen: { by: 'pca@shop.example' } });
    expect(statesOf(view, ['deploy-staging', 'freeze-lasts'])).toEqual(['not-chosen', 'not-chosen']);
    expect(await served(site)).toBe('2.2.0');
    await expect.poll(() => site.outside.titlesIn('users'), SOON).toContain('Production 2.2.0, réussie');
    await journalOf(site, 'docs/DEPLOYMENTS.md', 'Production 2.2.0, réussie');
    expect(read(site, 'CHANGELOG.md')).toContain('## 2.2.0');
  },
);

test('B: a smoke test that fails takes production back at once, and tells everybody why', PATIENT, async () => {
  await using site = await openGate('2.1.0');
  site.provedInStaging('2.1.0');
  const view = await site.run('production', { wish: 'livrer' });
  expect(view.state).toBe('rolled-back');
  expect(view.causes.join()).toContain('carte cadeau');
  expect(await served(site)).toBe('1.0.0');
  await expect.poll(() => site.outside.titlesIn('users'), SOON).toContain('Rollback PROD de 2.1.0');
  expect(await journalOf(site, 'docs/DEPLOYMENTS.md', 'Raison :')).toContain('Post-mortem obligatoire');
  expect(read(site, 'CHANGELOG.md')).not.toContain('## 2.1.0');
});

test('one night without a green run proposes staging, in place of production', PATIENT, async () => {
  await using site = await openGate();
  site.provedInStaging('2.2.0');
  site.outside.answer(NIGHTLY, githubRuns('shop/shop', ['success', 'success', 'failure', 'success']));
  const view = await site.toTheDecision({ wish: 'livrer' });
  expect(view.causes).toEqual([]);
  expect(view.scenario).toMatchObject({ proposed: 'staging-only', chosen: null });
  expect(statesOf(view, ['nightly', 'two-nights', 'staged'])).toEqual(['passed', 'passed', 'passed']);
  const row = view.scenario?.rows[1];
  expect(row).toMatchObject({ scenario: 'production', is: 'false' });
  expect(row?.conditions.map(({ asked, found }) => `${asked}: ${found}`)).toEqual([
    'value of intention: livrer',
    'check staged: passed',
    'check two-nights: failed',
  ]);
  expect(view.waitingFor.map(({ how }) => how)).toEqual([
    'slipway choose staging-only',
    'slipway choose production --reason …',
    'slipway choose freeze --reason …',
  ]);
});

test('a night that was not green holds at the gate: nothing is proposed, and nobody may choose', PATIENT, async () => {
  await using site = await openGate();
  site.outside.answer(NIGHTLY, githubRuns('shop/shop', ['failure', 'success']));
  const view = await site.run('staging-only', { wish: 'livrer' });
  expect([view.state, stateOf(view, 'nightly')]).toEqual(['held', 'failed']);
  expect(view.scenario).toMatchObject({ basis: null, proposed: null, chosen: null });
});

test(
  'a choice without the authority is refused; one against the table takes a reason, and is recorded',
  PATIENT,
  async () => {
    await using site = await openGate();
    const { id } = await site.toTheDecision({ wish: 'livrer' });
    const tries = [
      await site.choose(id, 'production', { by: 'rm@shop.example', reason: 'we are late' }),
      await site.choose(id, 'production', { by: 'pca@shop.example' }),
      await site.choose(id, 'production', { by: 'pca@shop.example', reason: 'late', basis: 1 }),
      await site.choose(id, 'canary', { by: 'pca@shop.example' }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 400, 409, 404]);
    expect(tries.map(({ text }) => text).join()).toContain('pca@shop.example, directeur@shop.example');
    const said = await site.choose(id, 'production', {
      by: 'pca@shop.example',
      reason: 'the old version loses orders',
    });
    expect(said.status).toBe(200);
    const view = await site.server.api<LaunchView>('GET', `/launches/${id}`);
    expect(view.scenario?.chosen).toMatchObject({ override: true, reason: 'the old version loses orders' });
    const { events } = (await site.server.record(id)) as { readonly events: readonly { readonly event: object }[] };
    const planDigest = view.planDigest;
    expect(events.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'scenario-chosen', proposed: 'staging-only', override: true, planDigest }),
    );
  },
);

test('C: a freeze is tagged, told with its reason, and ends when nothing has changed', PATIENT, async () => {
  await using site = await openGate();
  const view = await site.run('freeze', { wish: 'gel', reason: 'Les fêtes approchent' });
  expect([view.state, view.causes]).toEqual(['completed', []]);
  expect(statesOf(view, ['freeze-lasts', 'unchanged', 'rollout-production', 'deploy-staging'])).toEqual([
    'passed',
    'passed',
    'not-chosen',
    'not-chosen',
  ]);
  expect(view.headline).toContain('Scénario C');
  expect(site.git('ls-remote', '--tags', 'origin')).toContain('refs/tags/freeze-2.2.0');
  await expect.poll(() => site.outside.titlesIn('team'), SOON).toContain('Terminé : Scénario C, gel de la release');
  await journalOf(site, 'docs/RELEASE_FREEZES.md', 'Raison : Les fêtes approchent');
});

test('C: code that changed during the freeze asks for a new gate', PATIENT, async () => {
  await using site = await openGate();
  const seen = (view: LaunchView): void => {
    if (stateOf(view, 'backlog') === 'active') writeFileSync(join(site.folder, 'smoke.yaml'), 'requests: []\n');
  };
  const view = await site.run('freeze', { wish: 'gel', reason: 'Les fêtes approchent', seen });
  expect(view.state).toBe('held');
  expect(stateOf(view, 'unchanged')).toBe('failed');
  expect(view.causes.join()).toContain('smoke.yaml');
  expect(site.outside.titlesIn('team')).not.toContain('Terminé : Scénario C, gel de la release');
});
