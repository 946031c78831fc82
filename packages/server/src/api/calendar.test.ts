import type { CalendarAnswer, LaunchView, PlanReport } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openApi, type RunningApi } from './testing/running-api.ts';

let api: RunningApi;
beforeEach(async () => {
  api = await openApi();
});
afterEach(() => api[Symbol.asyncDispose]());

async function post<T>(
  path: string,
  body: unknown,
  language?: string,
): Promise<{ readonly status: number; readonly body: T }> {
  const response = await api.ask(path, body, language);
  return { status: response.status, body: (await response.json()) as T };
}

/** Frozen from long ago until long after this test is forgotten. */
const FROZEN = 'freezes: [{ from: 2020-01-01T00:00, to: 2190-01-01T00:00, because: the fair }]';
const planOf = (calendar: string) => ({
  file: 'launch.yaml',
  text: `launch: tiny
artifact: { name: tiny, version: 1.0.0 }
zone: Europe/Paris
t0: 2190-06-01T10:00
people: { boss: [ada@shop.example] }
tracks: { tech: { owner: boss } }
calendar: { override: boss, ${calendar} }
phases:
  - phase: production
    steps:
      - { run: Go, command: [node, --version], effect: executive, undo: { none: it only looks }, track: tech }
`,
});

describe('a launch outside of its window', () => {
  test('that never opens is held, says why and who may let it begin; their word lets it', async () => {
    const { body: view } = await post<LaunchView>('launches', { ...planOf(FROZEN), directory: '.' });
    const why = 'freeze until 2190-01-01 00:00: the fair';
    expect(view).toMatchObject({
      state: 'held',
      headline:
        'Held: go: by the calendar it never begins: override the window, skip it with a reason, or call the launch off',
      window: { allowed: false, change: null, why: [why] },
      waitingFor: [
        { step: 'go', what: 'by the calendar go never begins' },
        { step: 'go', who: 'boss', how: 'slipway override-window go --reason …' },
      ],
    });
    const command = { type: 'override-window', step: 'go', reason: 'checkout is down' };
    expect((await post(`launches/${view.id}/commands`, command)).status).toBe(200);
    await api.until(view.id, ({ state }) => state === 'completed');
  });

  test('says so in French', async () => {
    const { body: view } = await post<LaunchView>('launches', { ...planOf(FROZEN), directory: '.' }, 'fr');
    expect(view.headline).toBe(
      "Suspendu : go : d'après le calendrier elle ne commence jamais : passez outre la fenêtre, sautez-la avec une raison, ou annulez le lancement",
    );
  });

  test('a hotfix of the first class does not wait', async () => {
    const { body: view } = await post<LaunchView>('launches', {
      ...planOf(FROZEN),
      urgency: 'hotfix-p1',
      directory: '.',
    });
    const ended = await api.until(view.id, ({ state }) => state !== 'running');
    expect(ended.state).toBe('completed');
  });

  /** How far T-0 moves, in milliseconds; or why it does not. */
  async function slip(where: object): Promise<number | string> {
    const { body: view } = await post<LaunchView>('launches', { ...planOf(FROZEN), directory: '.' });
    const command = { type: 'slip', ...where, reason: 'the press is late' };
    const { body, status } = await post<LaunchView & { message: string }>(`launches/${view.id}/commands`, command);
    return status === 200 ? body.t0 - view.t0 : body.message;
  }

  test.each<[string, object, number]>([
    ['by a length', { by: '30m' }, 1_800_000],
    ['to an earlier time', { by: '-1h' }, -3_600_000],
    ['to a local time', { to: '2190-06-01T11:00' }, 3_600_000],
  ])('T-0 slips %s', async (_, where, ms) => {
    expect(await slip(where)).toBe(ms);
  });

  test.each<[string, object, string]>([
    ['nowhere', {}, 'either to which time T-0 moves, or by how much'],
    ['to two places', { by: '1m', to: '2190-06-01T11:00' }, 'either to which time'],
    ['by no length', { by: 'soon' }, '"soon" is not a length such as 30m'],
    ['to no time', { to: 'tomorrow' }, 'expected a local time in Europe/Paris'],
  ])('T-0 does not slip %s', async (_, where, why) => {
    expect(await slip(where)).toContain(why);
  });
});

describe('what the calendar of a plan says', () => {
  const WINDOW = 'windows: [{ days: [tue], from: "10:00", to: "16:00" }]';

  test.each<[string, string, string, Partial<CalendarAnswer>]>([
    [WINDOW, '2026-11-24T10:00', 'en', { allowed: true, at: '2026-11-24 10:00', change: '2026-11-24 16:00', why: [] }],
    [
      WINDOW,
      '2026-11-24T16:00',
      'en',
      { allowed: false, change: '2026-12-01 10:00', why: ['outside the windows (Tue 10:00-16:00)'] },
    ],
    [WINDOW, '2026-11-24T16:00', 'fr', { why: ['hors des fenêtres (mar. 10:00-16:00)'] }],
  ])('%s at %s in %s', async (calendar, at, language, expected) => {
    const { body } = await post<CalendarAnswer>('plans/calendar', { ...planOf(calendar), at }, language);
    expect(body).toMatchObject({ zone: 'Europe/Paris', ...expected });
    expect(body.ics).toContain('SUMMARY:T-0');
  });

  test('a time that is none is refused, and so is a plan that is wrong', async () => {
    expect((await post('plans/calendar', { ...planOf(WINDOW), at: 'noon' })).status).toBe(400);
    expect((await post('plans/calendar', { file: 'a', text: 'launch: x' })).status).toBe(422);
  });

  test('a plan tells when its steps begin, what they wait for, and its tracks', async () => {
    const { body } = await post<PlanReport>('plans/report', planOf(FROZEN));
    expect(body.timeline[0]).toMatchObject({
      track: 'tech',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d T-/),
      what: ['never begins: freeze until 2190-01-01 00:00: the fair', 'runs node --version'],
    });
    expect(body.tracks).toEqual([{ name: 'tech', owner: 'boss', accountable: 'boss', consulted: [], informed: [] }]);
    expect(body.problems).toMatchObject([
      { severity: 'warning', line: 11, message: expect.stringContaining('no opening within a year') },
    ]);
  });
});
