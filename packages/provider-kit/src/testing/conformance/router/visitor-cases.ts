import type { TestContext } from 'vitest';
import { expect, it } from 'vitest';
import type { VisitorCounts } from '../../../router.ts';
import type { Client } from './client.ts';
import type { Stage, WithStage } from './stage.ts';

const sticky = { cookie: 'visitor' };
const none: VisitorCounts = { answered: 0, bad: 0 };

type VisitorsByVersion = Readonly<Record<string, VisitorCounts | null | undefined>>;

/** What a router keeps to that does not tell visitors apart: it says nothing of them rather than nought. */
export function noVisitorCases(withStage: WithStage): void {
  it('says nothing of visitors', async () => {
    await withStage(sticky, async ({ shift, client, counted, counts }) => {
      await shift(100);
      await (await client()).send('/');
      await counted('v2', { requests: 1 });
      expect(await visitorsOf({ counts })).toEqual({ v1: undefined, v2: undefined });
    });
  });
}

/** What a router that `tellsVisitors` keeps to. */
export function visitorCases(withStage: WithStage): void {
  it('counts the first bad answer of each of 30 visitors, and none of the retries that come in storms', async () => {
    await withStage(sticky, async ({ shift, client, counts }) => {
      await shift(50);
      const sender = await client(16);
      const visitors = named(30);
      for (const visitor of visitors) await visit(sender, visitor, '/');
      const before = await visitorsOf({ counts });
      expect(both(before)).toEqual({ answered: 30, bad: 0 });
      const storm = visitors.flatMap((visitor) => Array.from({ length: 5 }, () => visitor));
      await Promise.all(storm.map((visitor) => visit(sender, visitor, '/status/500')));
      const after = await visitorsOf({ counts });
      // Each version has the failures of its own visitors, however often they tried again.
      for (const version of ['v1', 'v2']) {
        const answered = before[version]?.answered ?? 0;
        expect(answered).toBeGreaterThan(0);
        expect(after[version]).toEqual({ answered: 2 * answered, bad: answered });
      }
      for (const visitor of visitors) await visit(sender, visitor, '/');
      expect(await visitorsOf({ counts })).toEqual(after);
      expect((await counts()).versions['v1']?.requests).toBeGreaterThan(after['v1']?.answered ?? 0);
    });
  });

  it('counts a visitor for whom nothing works once in 100 changes of the split, whichever version it is moved to', async () => {
    await withStage(sticky, async ({ shift, client, counts }) => {
      await shift(20);
      const sender = await client();
      const visitors = named(10);
      const met = new Set<string>();
      for (let change = 0; change < 100; change += 1) {
        await shift(change % 2 === 0 ? 80 : 20);
        for (const visitor of visitors) met.add(`${visitor} ${await visit(sender, visitor, '/status/503')}`);
      }
      // Some were moved to and fro: otherwise this would show nothing.
      expect(met.size).toBeGreaterThan(visitors.length);
      expect(both(await visitorsOf({ counts }))).toEqual({ answered: 10, bad: 10 });
    });
  });

  it('counts anew, on both versions, when a version begins to have traffic', async () => {
    await withStage(sticky, async ({ shift, client, counts }) => {
      await shift(0);
      const sender = await client();
      const visitors = named(20);
      for (const visitor of visitors) await visit(sender, visitor, '/status/500');
      expect(await visitorsOf({ counts })).toEqual({ v1: { answered: 20, bad: 20 }, v2: none });
      for (const percent of [50, 0, 50]) {
        await shift(percent);
        for (const visitor of visitors) await visit(sender, visitor, '/status/500');
      }
      expect(both(await visitorsOf({ counts }))).toEqual({ answered: 60, bad: 60 });
    });
  });

  it('takes a client that refuses cookies for another visitor each time, and one that was just given its cookie for a known one', async () => {
    await withStage(sticky, async ({ shift, client, counts }) => {
      await shift(100);
      const sender = await client();
      for (let request = 0; request < 6; request += 1) await sender.send(request < 4 ? '/status/500' : '/');
      expect((await visitorsOf({ counts }))['v2']).toEqual({ answered: 6, bad: 4 });
      const first = await sender.send('/status/500');
      const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      await sender.send('/status/500', { headers: { cookie } });
      expect((await visitorsOf({ counts }))['v2']).toEqual({ answered: 7, bad: 5 });
    });
  });

  it('counts an answer that breaks off as bad, and a 404 as good', async () => {
    await withStage(sticky, async ({ shift, client, counts }) => {
      await shift(100);
      const sender = await client();
      await visit(sender, 'ada', '/status/404');
      await visit(sender, 'grace', '/cut').catch(() => null);
      await expect.poll(async () => (await visitorsOf({ counts }))['v2']).toEqual({ answered: 2, bad: 1 });
    });
  });

  it.each([null, { header: 'x-client' }])('says nothing of visitors where they are recognised by %j', async (by) => {
    await withStage(by, async ({ shift, client, counts }) => {
      await shift(100);
      await visit(await client(), 'ada', '/');
      expect(await visitorsOf({ counts })).toEqual({ v1: undefined, v2: undefined });
    });
  });

  it('forgets its visitors with its counts when it was killed', async (test: TestContext) => {
    await withStage(sticky, async ({ shift, inspect, client, counts, kill }) => {
      if (kill === undefined) return test.skip('this router cannot be killed');
      await shift(100);
      await visit(await client(), 'ada', '/status/500');
      const { boot } = await counts();
      await kill();
      await inspect();
      await shift(100);
      expect((await counts()).boot).not.toBe(boot);
      expect((await visitorsOf({ counts }))['v2']).toEqual(none);
      await visit(await client(), 'ada', '/status/500');
      expect((await visitorsOf({ counts }))['v2']).toEqual({ answered: 1, bad: 1 });
    });
  });
}

const named = (count: number): string[] => Array.from({ length: count }, (_, index) => `visitor-${index}`);

/** The version that answered. */
async function visit(client: Client, visitor: string, path: string): Promise<string> {
  const { headers } = await client.send(path, { headers: { cookie: `visitor=${visitor}`, 'x-client': visitor } });
  return String(headers['x-app']);
}

async function visitorsOf({ counts }: Pick<Stage, 'counts'>): Promise<VisitorsByVersion> {
  const { versions } = await counts();
  return Object.fromEntries(Object.entries(versions).map(([version, { visitors }]) => [version, visitors]));
}

function both(visitors: VisitorsByVersion): VisitorCounts {
  const all = Object.values(visitors).map((each) => each ?? { answered: Number.NaN, bad: Number.NaN });
  return {
    answered: all.reduce((sum, { answered }) => sum + answered, 0),
    bad: all.reduce((sum, { bad }) => sum + bad, 0),
  };
}
