import { findProcess } from '@slipway/provider-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nginxBinary, skipped, startNginx } from '../../../../../scripts/servers/nginx.ts';
import { findWorkers, olderOnesAccept } from './workers.ts';

it('cannot tell where what answers is no nginx that it sees', () => {
  expect(olderOnesAccept([], process.pid)).toBe('unknown');
  expect(olderOnesAccept([], 2 ** 30)).toBe('unknown');
});

describe.skipIf(nginxBinary === null || process.platform !== 'linux')(
  `an nginx on Linux${skipped}${process.platform === 'linux' ? '' : ' (skipped: its title is not told)'}`,
  () => {
    it('has older workers that accept while they run, and not when they have ended', async () => {
      const nginx = await startNginx();
      onTestFinished(() => nginx[Symbol.asyncDispose]());
      const own = () => findWorkers().filter(({ parent }) => parent === nginx.pid());
      await expect.poll(() => own().length, { timeout: 10_000 }).toBe(2);
      const [one, other] = own();
      if (one === undefined || other === undefined) throw new Error('two workers were there a moment ago');
      expect(olderOnesAccept([one, other], one.pid)).toBe(true);
      expect(olderOnesAccept([one], one.pid)).toBe(false);
      // Of another nginx.
      expect(olderOnesAccept([{ ...other, parent: 1 }], one.pid)).toBe(false);
      process.kill(other.pid, 'SIGKILL');
      await expect.poll(() => findProcess(other.pid)?.started === other.started, { timeout: 10_000 }).toBe(false);
      expect(olderOnesAccept([other], one.pid)).toBe(false);
    });
  },
);
