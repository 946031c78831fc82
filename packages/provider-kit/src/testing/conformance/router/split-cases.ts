import { expect, it } from 'vitest';
import { chiSquare, chiSquareBound } from './chi-square.ts';
import type { Answer, Client, Sending } from './client.ts';
import { sendMany } from './client.ts';
import type { WithStage } from './stage.ts';

/** A right router fails a test on chance no more often than this. */
const falseAlarm = 1e-9;

const versionsOf = (answers: readonly Answer[]): string[] => answers.map(({ body }) => body);

export function splitCases(withStage: WithStage): void {
  it.each([5, 25, 50])('gives %i per cent to the new version, within the error of sampling', async (percent) => {
    await withStage(null, async ({ shift, client }) => {
      await shift(percent);
      const versions = versionsOf(await sendMany(await client(), 2_000));
      const observed = ['v1', 'v2'].map((version) => versions.filter((met) => met === version).length);
      expect(observed[0]! + observed[1]!).toBe(2_000);
      expect(deviation(observed[1]!, 2_000, percent)).toBeLessThan(chiSquareBound(1, falseAlarm));
    });
  });

  it.each([0, 100])('gives exactly all or nothing at %i per cent', async (percent) => {
    await withStage(null, async ({ shift, client }) => {
      await shift(percent);
      const versions = versionsOf(await sendMany(await client(), 200));
      expect(new Set(versions)).toEqual(new Set([percent === 0 ? 'v1' : 'v2']));
    });
  });

  it('keeps a client that is recognised by a header on its version, and only ever moves clients the way of the weights', async () => {
    await withStage({ header: 'x-client' }, async ({ shift, client }) => {
      let before = new Set<number>();
      for (const percent of [5, 25, 50, 100, 50, 25, 5, 0]) {
        await shift(percent);
        const sender = await client();
        const now = await cohort(sender, 400);
        expect(await cohort(sender, 400)).toEqual(now);
        const [smaller, larger] = now.size < before.size ? [now, before] : [before, now];
        expect([...smaller].filter((member) => !larger.has(member))).toEqual([]);
        expect(deviation(now.size, 400, percent)).toBeLessThan(chiSquareBound(1, falseAlarm));
        before = now;
      }
    });
  });

  it('gives a client without the cookie one, and keeps it on its version by it', async () => {
    await withStage({ cookie: 'slipway' }, async ({ shift, client }) => {
      await shift(50);
      const sender = await client();
      for (const first of await sendMany(sender, 20)) {
        const cookie = first.headers['set-cookie']?.[0] ?? '';
        expect(cookie).toMatch(/^slipway=[^;]{16,};/);
        // RFC 6265, 5.2: in any case of letters.
        const attributes = cookie.toLowerCase();
        for (const attribute of ['httponly', 'samesite=lax', 'path=/']) expect(attributes).toContain(`; ${attribute}`);
        const again = await sendMany(sender, 10, () => ({ headers: { cookie: `other=1; ${cookie.split(';')[0]}` } }));
        expect(new Set(versionsOf(again))).toEqual(new Set([first.body]));
        expect(again.filter(({ headers }) => headers['set-cookie'] !== undefined)).toEqual([]);
      }
    });
  });
}

/** Chi-square of `met` requests to the new version out of `total`; where nothing is left to chance, 0 or infinite. */
function deviation(met: number, total: number, percent: number): number {
  if (percent === 0 || percent === 100) return met === (total * percent) / 100 ? 0 : Infinity;
  return chiSquare([total - met, met], [100 - percent, percent]);
}

/** Which of `count` clients the new version has. */
async function cohort(client: Client, count: number): Promise<Set<number>> {
  const answers = await sendMany(client, count, (index): Sending => ({ headers: { 'x-client': `client-${index}` } }));
  return new Set(answers.flatMap(({ body }, index) => (body === 'v2' ? [index] : [])));
}
