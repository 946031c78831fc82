import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveServerMain } from '../connection/server-main.ts';
import type { Context } from '../context.ts';
import { answer, listen, open } from '../testing/launch-server.ts';
import { VIEW } from '../testing/sample-launch.ts';
import { runCommand } from '../testing/test-context.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-start-'));
  writeFileSync(join(folder, 'launch.yaml'), 'launch: shop\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Stop = Parameters<Context['onStop']>[0];

/** Ctrl-C that a test presses when it likes. */
class Keyboard {
  readonly #listeners = new Set<Stop>();

  readonly onStop: Context['onStop'] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  interrupt(): void {
    for (const listener of this.#listeners) listener('SIGINT');
  }
}

interface Answers {
  readonly onServer?: () => void;
  readonly onStart?: () => void;
  readonly others?: readonly string[];
}

/** A server that starts the sample launch, held, beside others. */
async function withServer(
  answers: Answers,
  work: (env: Context['env'], seen: readonly string[]) => Promise<void>,
): Promise<void> {
  const seen: string[] = [];
  const held = { ...VIEW, state: 'held' as const };
  const { id, title, artifact, state, headline, startedAt, endedAt } = held;
  const summary = { id, title, artifact, state, headline, startedAt, endedAt };
  const handle: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    switch (`${request.method} ${request.url}`) {
      case 'GET /api/v1/server':
        answers.onServer?.();
        answer(response, 200, { name: 'slipway', version: '0.1.0', workspace: folder, person: 'ada', role: 'admin' });
        return;
      case 'POST /api/v1/launches':
        answers.onStart?.();
        answer(response, 201, held);
        return;
      case 'GET /api/v1/launches':
        answer(response, 200, {
          launches: [summary, ...(answers.others ?? []).map((other) => ({ ...summary, id: other }))],
          unreadable: [],
          omitted: 0,
        });
        return;
      case 'GET /api/v1/launches/shop-1':
        answer(response, 200, held);
        return;
    }
    open(response);
  };
  const server = await listen(handle);
  try {
    await work({ LANG: 'C.UTF-8', SLIPWAY_SERVER: server.url.origin, SLIPWAY_TOKEN: 'token' }, seen);
  } finally {
    await server.close();
  }
}

describe('start', () => {
  test('without a terminal ends with 4 when the launch waits for a person, outside of CI as well', () =>
    withServer({}, async (env) => {
      expect(await runCommand(['start'], { cwd: folder, env })).toMatchObject({ code: 4 });
    }));
});

describe('Ctrl-C while a launch starts', () => {
  test('before it was asked for starts nothing, and says so', () => {
    const keyboard = new Keyboard();
    return withServer({ onServer: () => keyboard.interrupt() }, async (env, seen) => {
      const ran = await runCommand(['start'], { cwd: folder, env, onStop: keyboard.onStop });
      expect(ran).toEqual({ code: 130, out: '', errors: 'Nothing was started.\n' });
      expect(seen).toEqual(['GET /api/v1/server']);
    });
  });

  test.each<[string, readonly string[], string]>([
    ['', [], ''],
    [', and names it beside others', ['other-1'], ' --launch shop-1'],
  ])('while it is being started waits for the answer, and says that it goes on%s', (_, others, flag) => {
    const keyboard = new Keyboard();
    return withServer({ onStart: () => keyboard.interrupt(), others }, async (env) => {
      const { code, errors } = await runCommand(['start'], { cwd: folder, env, onStop: keyboard.onStop });
      expect(code).toBe(130);
      expect(errors).toContain('Launch shop-1 has started.');
      expect(errors).toContain(`The launch goes on. Look again with: slipway watch${flag}\n`);
    });
  });

  test('while its server starts leaves none behind', async () => {
    const keyboard = new Keyboard();
    const env = { ...process.env, SLIPWAY_SERVER: '', LANG: 'C.UTF-8' };
    const ran = await runCommand(['start'], {
      cwd: folder,
      env,
      now: Date.now,
      onStop: keyboard.onStop,
      serverMain: () => {
        keyboard.interrupt();
        return resolveServerMain();
      },
    });
    expect(ran).toEqual({ code: 130, out: '', errors: 'Nothing was started.\n' });
    expect(readdirSync(join(folder, '.slipway'))).not.toContain('server.json');
  });
});
