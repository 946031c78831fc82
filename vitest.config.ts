import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// What tests start (servers, commands, daemons: hundreds of processes of the same code) is compiled once.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

/** Forks, not threads: tests open node:sqlite files, start child processes and send them signals. */
const pool = 'forks';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          pool,
          // No module of ours keeps a state, so the files of a worker share those that they import: half of the time went there.
          isolate: false,
          include: [
            'packages/*/{src,test}/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'examples/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', 'test/{e2e,torture}/**'],
          globalSetup: ['scripts/servers/vitest-postgres.ts'],
          testTimeout: 20_000,
          // Most of them wait for processes, not for the processor.
          maxWorkers: Math.max(4, availableParallelism() - 1),
        },
      },
      {
        test: {
          name: 'simulation',
          pool,
          include: ['simulation/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          pool,
          include: ['test/{e2e,torture}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Each starts real servers, and most of them wait for these. More at a time would fill a small machine's cores.
          maxWorkers: 2,
        },
      },
    ],
  },
});
