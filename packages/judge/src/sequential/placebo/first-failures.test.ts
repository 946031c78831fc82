import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FirstFailures, userHash } from './first-failures.ts';

const user = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const users = fc.array(fc.oneof(user, fc.integer({ min: 0, max: 20 })), { maxLength: 60 });
const capacity = fc.integer({ min: 1, max: 12 });

function after(most: number, failed: readonly number[]): FirstFailures {
  const failures = new FirstFailures(most);
  for (const each of failed) failures.add(each);
  return failures;
}

describe('first failures', () => {
  it('count each user once', () => {
    const failures = new FirstFailures(10);
    expect([3, 5, 3, 5, 3].map((each) => failures.add(each))).toEqual(['first', 'first', 'again', 'again', 'again']);
    expect([failures.share, failures.coverage]).toEqual([1, 'whole']);
  });

  it('never count a user twice, never hold more than they may, and say so when they follow only a share', () => {
    const asked = fc.property(capacity, users, (most, failed) => {
      const failures = new FirstFailures(most);
      const firsts = failed.filter((each) => failures.add(each) === 'first');
      expect(new Set(firsts).size).toBe(firsts.length);
      expect(failures.state().users.length).toBeLessThanOrEqual(most);
      const everybody = new Set(failed).size;
      const isWhole = everybody <= most;
      expect(isWhole ? firsts.length : everybody).toBe(everybody);
      expect(failures.coverage === 'whole').toBe(isWhole);
    });
    fc.assert(asked);
  });

  it('are the same whatever the order, and merge to what one alone would know', () => {
    const asked = fc.property(capacity, users, users, (most, one, other) => {
      const whole = after(most, [...one, ...other]).state();
      expect(after(most, [...other, ...one]).state()).toEqual(whole);
      const merged = after(most, one);
      merged.merge(after(most, other));
      expect(merged.state()).toEqual(whole);
    });
    fc.assert(asked);
  });

  it('go on from their state through JSON', () => {
    const asked = fc.property(capacity, users, users, (most, before, later) => {
      const [whole, restored] = [after(most, before), new FirstFailures(most)];
      restored.restore(JSON.parse(JSON.stringify(whole.state())) as ReturnType<FirstFailures['state']>);
      for (const each of later) expect(restored.add(each)).toBe(whole.add(each));
      expect(restored.state()).toEqual(whole.state());
    });
    fc.assert(asked);
  });

  it('follow about the share of the users that they say', () => {
    const failures = new FirstFailures(1_000);
    const count = 32_000;
    for (let each = 0; each < count; each += 1) failures.add(userHash(`user-${each}`, 'launch'));
    const expected = count * failures.share;
    expect(Math.abs(failures.state().users.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('refuse another capacity, none, and what is no hash', () => {
    expect(() => new FirstFailures(0)).toThrow(RangeError);
    for (const no of [-1, 0.5, 2 ** 32, Number.NaN]) expect(() => new FirstFailures(1).add(no)).toThrow(RangeError);
    expect(() => {
      new FirstFailures(2).merge(new FirstFailures(3));
    }).toThrow(RangeError);
    expect(() => {
      new FirstFailures(2).restore(new FirstFailures(3).state());
    }).toThrow(RangeError);
  });

  it('of another launch have other hashes', () => {
    expect(userHash('ada', 'one')).not.toBe(userHash('ada', 'two'));
  });
});
