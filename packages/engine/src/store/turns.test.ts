import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('runs one after the other, in the order of asking, also after one that failed', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) =>
        turns.take(async () => {
          seen.push(`${name} begins`);
          await Promise.resolve();
          seen.push(`${name} ends`);
          if (name === 'b') throw new Error('b failed');
          return name;
        }),
      ),
    );
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(results).toMatchObject([{ value: 'a' }, { reason: { message: 'b failed' } }, { value: 'c' }]);
  });

  it('takes work that throws at once for work that failed', async () => {
    const turns = new Turns();
    const thrown = turns.take(() => {
      throw new Error('at once');
    });
    await expect(thrown).rejects.toThrow('at once');
    expect(await turns.take(() => 1)).toBe(1);
  });
});
