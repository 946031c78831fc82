import type { RehearsalOrder } from '@slipway/engine';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import type { RehearsalSummary } from './rehearsal-summary.ts';
import { createRehearser } from './rehearser.ts';

const DAY = 86_400_000;
const order = (planDigest: string, policy: string | null = null): RehearsalOrder =>
  ({ plan: {}, planDigest, policy: policy === null ? null : { digest: policy, rules: {} }, now: 0 }) as never;

/** A few turns: nothing here waits for anything outside. */
async function until(what: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !what(); turn += 1) await Promise.resolve();
  if (!what()) throw new Error('it did not come to this');
}

/** A rehearser whose rehearsals end when they are told to. */
function stage() {
  const time = { now: 0 };
  const begun: string[] = [];
  const answers: ((summary: RehearsalSummary | Error) => void)[] = [];
  const rehearser = createRehearser({
    clock: { now: () => time.now },
    version: '0.1.0',
    run: async ({ planDigest }, signal) => {
      begun.push(planDigest);
      const { promise, resolve, reject } = Promise.withResolvers<RehearsalSummary>();
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      answers.push((said) => (said instanceof Error ? reject(said) : resolve(said)));
      return await promise;
    },
  });
  const summary = (planDigest: string, ok: boolean): RehearsalSummary => {
    return { planDigest, ok, scenarios: 3, red: [], redCount: ok ? 0 : 1, neverExercised: 0 };
  };
  return {
    begun,
    time,
    ask: (asked: RehearsalOrder, timeoutMs = 60_000, signal = new AbortController().signal) =>
      rehearser.rehearse(asked, { timeoutMs, signal }),
    /** Once it has begun. */
    answer: async (number: number, ok: boolean | Error): Promise<void> => {
      await until(() => answers.length > number);
      answers[number]?.(ok instanceof Error ? ok : summary(begun[number] ?? '', ok));
    },
  };
}

describe('a rehearser', () => {
  test('uses a green one again, for a day, and tells when it was', async () => {
    const { ask, answer, begun, time } = stage();
    const first = ask(order('a'));
    await answer(0, true);
    const found = await first;
    expect(found).toMatchObject({ planDigest: 'a', ok: true, at: 0, slipway: '0.1.0' });
    time.now = DAY;
    expect(await ask(order('a'))).toBe(found);
    time.now = DAY + 1;
    const again = ask(order('a'));
    await answer(1, true);
    expect(await again).toMatchObject({ at: DAY + 1 });
    expect(begun).toEqual(['a', 'a']);
  });

  test.each([
    ['a red one', false, order('a')],
    ['one of another plan', true, order('b')],
    ['one under another policy', true, order('a', 'strict')],
    ['one that broke off', new TerminalError('no memory'), order('a')],
  ] as const)('does not use %s again', async (_name, first, second) => {
    const { ask, answer, begun } = stage();
    const one = ask(order('a')).catch(() => null);
    await answer(0, first);
    await one;
    const other = ask(second);
    await answer(1, true);
    expect(await other).toMatchObject({ ok: true });
    expect(begun).toHaveLength(2);
  });

  test('takes one after the other, and who waited for the same has it', async () => {
    const { ask, answer, begun } = stage();
    const all = [ask(order('a')), ask(order('a')), ask(order('b'))];
    await answer(0, true);
    await answer(1, true);
    expect((await Promise.all(all)).map(({ planDigest }) => planDigest)).toEqual(['a', 'a', 'b']);
    expect(begun).toEqual(['a', 'b']);
  });

  test('waits no longer than it may, in its turn and before it, and goes on with the next', async () => {
    const { ask, answer, begun } = stage();
    const long = ask(order('a'));
    const waits = ask(order('b'), 5);
    await expect(waits).rejects.toThrow(
      new RetryableError('the rehearsal did not end within 5ms: give the check a longer timeout'),
    );
    await answer(0, true);
    await long;
    await expect(ask(order('c'), 5)).rejects.toThrow(RetryableError);
    const next = ask(order('d'));
    await answer(2, true);
    expect(await next).toMatchObject({ planDigest: 'd' });
    expect(begun).toEqual(['a', 'c', 'd']);
  });

  test('stops when nobody wants it any more', async () => {
    const { ask, begun } = stage();
    const controller = new AbortController();
    const asked = ask(order('a'), 60_000, controller.signal);
    await until(() => begun.length > 0);
    controller.abort(new Error('the launch turned back'));
    await expect(asked).rejects.toThrow('the launch turned back');
  });
});
