import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { CatchUp } from './catch-up.ts';

const SET = 'shop.production';
const at = (version: number, set = SET) => ({ set, state: { version } as never });

function world() {
  const [clock, gone] = [new ManualClock(), [] as string[]];
  const catchUp = new CatchUp(clock);
  const ask = (who: string, served: number, told: number) => catchUp.reach(SET, { served, told }, () => gone.push(who));
  return { clock, gone, catchUp, ask };
}

describe('CatchUp', () => {
  it.each([
    ['of what is served', 4, 4],
    ['of what is over', 4, 3],
    ['of nothing', 4, 0],
  ])('lets go at once who was told %s', (_what, served, told) => {
    const { gone, catchUp, ask } = world();
    ask('ada', served, told);
    expect([gone, catchUp.waiting]).toEqual([['ada'], 0]);
  });

  it('lets go who was told of what comes, each when it has come', () => {
    const { gone, catchUp, ask } = world();
    ask('ada', 4, 5);
    ask('bob', 4, 6);
    catchUp.changed(at(6, 'shop.staging'));
    expect(gone).toEqual([]);
    catchUp.changed(at(5));
    expect(gone).toEqual(['ada']);
    catchUp.changed(at(7));
    expect([gone, catchUp.waiting]).toEqual([['ada', 'bob'], 0]);
  });

  it('lets go who waits for too long, once, and all when it ends', async () => {
    const { clock, gone, catchUp, ask } = world();
    ask('ada', 4, 9);
    await clock.pass(2_499);
    expect(gone).toEqual([]);
    await clock.pass(1);
    catchUp.changed(at(9));
    expect(gone).toEqual(['ada']);
    ask('bob', 4, 10);
    catchUp.close();
    expect([gone, catchUp.waiting]).toEqual([['ada', 'bob'], 0]);
  });

  it('keeps so many waiting, and no more', () => {
    const { gone, catchUp, ask } = world();
    for (let each = 0; each < 20_001; each += 1) ask(String(each), 4, 5);
    expect([gone, catchUp.waiting]).toEqual([['20000'], 20_000]);
  });
});
