import { expect, test } from 'vitest';
import { processSchema } from './schema.ts';
import { specOf } from './version-spec.ts';

const envOf = (env: object) => specOf(processSchema.parse({ command: ['true'], env }), '/srv/plan').env;

test.each([
  [{ A: { file: 'secrets/a' } }, { A: { file: '/srv/plan/secrets/a' } }],
  [{ A: { file: '../a' } }, { A: { file: '/srv/a' } }],
  [{ A: { file: '/run/secrets/a' } }, { A: { file: '/run/secrets/a' } }],
  [
    { A: 'secrets/a', B: { env: 'TOKEN' } },
    { A: 'secrets/a', B: { env: 'TOKEN' } },
  ],
])('files that %j names are found from a plan in another folder too: %j', (env, expected) => {
  expect(envOf(env)).toEqual(expected);
});
