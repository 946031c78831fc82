import { describe, expect, test } from 'vitest';
import { type Judging, type Page, type Plan, renderText, type Step } from '@slipway/plan';
import { Flight } from '../testing/flight.ts';
import { done, failed, judged, verdictOf } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, rollout, soak, stage } from '../testing/steps.ts';

const AGAIN = 300_000;
const PAGE: Page = { to: ['team', 'customers'], again: AGAIN, language: 'en' };
const TEAM: Page = { ...PAGE, to: ['team'] };

const ramp = (judging: Partial<Judging>, onFail: Step['onFail'] = 'hold'): Step => {
  const stages = [{ ...stage(5), judging: { ...stage(5).judging, ...judging } }, stage(100)];
  return rollout('ramp', 'production', { stages, onFail });
};
const watching = (step: Step, own: Partial<Plan> = { page: TEAM }): Flight =>
  new Flight(planOf(inOrder(step), own)).fly('ramp:4.0');
const doubted = (page: Page = TEAM, own: Partial<Plan> = {}): Flight => {
  const flight = watching(ramp({ pagesOn: ['insufficient-data'] }), { page, ...own });
  flight.run('ramp:4.0', judged('insufficient-data'));
  return flight;
};
const pages = ({ launch }: Flight) =>
  Object.values(launch.notices).flatMap(({ page, channel }) => (page === undefined ? [] : [`${channel} ${page}`]));
const wantedPages = (flight: Flight) => flight.wanted().filter((id) => id.startsWith('~notice'));
/** All that is to leave leaves. */
const deliver = (flight: Flight): void => {
  for (const id of wantedPages(flight)) flight.run(id, done());
};
const textOf = ({ launch }: Flight): string => {
  const text = Object.values(launch.notices).at(-1)?.message.text ?? '';
  const known = { name: 'shop', title: 'Shop 2', id: 'shop-1' };
  const rendered = renderText(text, { launch: known, artifact: launch.plan.artifact });
  if (!rendered.ok) throw new Error(rendered.reason);
  return rendered.text;
};

describe('a verdict that pages', () => {
  test('holds, and tells every channel at once, each by its own id', () => {
    const flight = doubted(PAGE);
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'verdict', page: true }] });
    expect(pages(flight)).toEqual(['team 1', 'customers 1']);
    expect(new Set(wantedPages(flight)).size).toBe(2);
  });

  test('is one with the announcements of a hold, which leave besides', () => {
    const message = { to: ['team'], title: 'held', text: 'held' };
    const flight = doubted(PAGE, { announcements: [{ on: 'held', message }] });
    expect(wantedPages(flight)).toHaveLength(3);
    expect(new Set(Object.keys(flight.launch.notices)).size).toBe(3);
  });

  test('does not page for the other verdict', () => {
    const flight = watching(ramp({ pagesOn: ['insufficient-data'] }));
    flight.run('ramp:4.0', judged('telemetry-broken'));
    expect([flight.launch.mode.is, pages(flight)]).toEqual(['held', []]);
  });

  test.each([
    ['on-fail: page', 'page' as const, ['team 1']],
    ['on-fail: hold', 'hold' as const, []],
  ])('that fails with %s', (_, onFail, told) => {
    const flight = watching(ramp({}, onFail));
    flight.run('ramp:4.0', judged('fail'));
    expect([flight.step('ramp'), flight.launch.mode.is, pages(flight)]).toEqual(['failed', 'held', told]);
  });

  test('never stands in the way of one that turns back', () => {
    const flight = doubted();
    flight.do({ type: 'rollback', reason: 'enough' });
    expect([flight.launch.mode.is, wantedPages(flight)]).toEqual(['undoing', []]);
  });

  test('cannot be told where the plan names nobody: it holds all the same', () => {
    const flight = watching(ramp({ pagesOn: ['insufficient-data'] }), {});
    flight.run('ramp:4.0', judged('insufficient-data'));
    expect([flight.launch.mode.is, pages(flight)]).toEqual(['held', []]);
    expect(flight.pending().wakeAt).toBeNull();
  });
});

test('a step that fails pages where the plan says so', () => {
  const flight = new Flight(planOf([check('one', { onFail: 'page' })], { page: TEAM }));
  flight.run('one:0.0', failed());
  expect([flight.launch.mode.is, pages(flight)]).toEqual(['held', ['team 1']]);
  expect(textOf(flight)).toContain('Go on: slipway retry one --launch shop-1\n');
});

describe('while nobody acts', () => {
  test('they are told again after a while, twelve times in all', () => {
    const flight = doubted();
    for (let page = 1; page <= 12; page += 1) {
      expect(pages(flight)).toHaveLength(page);
      expect(flight.pending().wakeAt).toBe(page === 12 ? null : flight.now + AGAIN);
      deliver(flight);
      flight.pass(AGAIN - 1);
      expect(pages(flight)).toHaveLength(page);
      flight.pass(1);
    }
    flight.pass(AGAIN * 10);
    expect([pages(flight).at(-1), pages(flight).length]).toEqual(['team 12', 12]);
    expect(new Set(Object.keys(flight.launch.notices)).size).toBe(12);
  });

  test('a page that has not arrived gives way to the next', () => {
    const flight = doubted();
    const [first = ''] = wantedPages(flight);
    flight.run(first, failed(true));
    flight.pass(AGAIN);
    expect(wantedPages(flight)).toHaveLength(1);
    expect(wantedPages(flight)).not.toContain(first);
  });

  test('a channel that fails for good stops nothing, and is tried again with the next', () => {
    const flight = doubted();
    flight.run(wantedPages(flight)[0] ?? '', failed());
    flight.pass(AGAIN);
    expect([flight.launch.mode.is, pages(flight)]).toEqual(['held', ['team 1', 'team 2']]);
  });

  test('a clock that is set back puts nothing off', () => {
    const flight = doubted();
    flight.now -= 3_600_000;
    expect(flight.pending().wakeAt).toBe(flight.now);
    flight.live(0);
    expect(pages(flight)).toEqual(['team 1', 'team 2']);
    expect(flight.pending().wakeAt).toBe(flight.now + AGAIN);
  });
});

describe('the pages end', () => {
  const ends: readonly [string, (flight: Flight) => void][] = [
    ['when a person says that they are on it', (flight) => flight.do({ type: 'hold', reason: 'I look' })],
    ['when a person resumes', (flight) => flight.do({ type: 'resume' })],
    ['when a person goes on without the verdict', (flight) => flight.do({ type: 'skip', step: 'ramp', reason: 'so' })],
    ['when a person goes back', (flight) => flight.do({ type: 'rollback', reason: 'enough' })],
    ['when the verdict changes', (flight) => flight.run('ramp:4.1', judged('pass'))],
  ];
  test.each(ends)('%s', (_, act) => {
    const flight = doubted();
    const [first = ''] = wantedPages(flight);
    act(flight);
    expect(flight.launch.pages).toBeNull();
    expect(flight.wanted()).not.toContain(first);
    flight.pass(AGAIN);
    expect(pages(flight)).toEqual(['team 1']);
  });

  test('and one that is under way is not cut off', () => {
    const flight = doubted();
    const [first = ''] = wantedPages(flight);
    flight.begin(first);
    flight.do({ type: 'hold', reason: 'I look' });
    expect(flight.wanted()).toContain(first);
    flight.settle(first, failed(true));
    flight.pass(60_000);
    expect(flight.wanted()).not.toContain(first);
  });

  test('and begin anew with the next doubt', () => {
    const flight = doubted();
    deliver(flight);
    flight.do({ type: 'resume' });
    flight.run('ramp:4.2', judged('insufficient-data'));
    expect(pages(flight)).toEqual(['team 1', 'team 1']);
    expect(wantedPages(flight)).toHaveLength(1);
  });
});

describe('the text', () => {
  test('says launch, step, verdict, and what to type', () => {
    expect(textOf(doubted())).toBe(
      [
        `ramp (Step ramp): insufficient-data: ${verdictOf('insufficient-data').sentence}`,
        'Go on: slipway resume --launch shop-1',
        'Go back: slipway rollback --launch shop-1 --reason "…"',
        'Say that you are on it, which ends these messages: slipway ack shop-1 1',
        'Message 1 of at most 12 while nobody acts.',
      ].join('\n'),
    );
  });

  const saying = (sentence: string, language: Page['language'] = 'en'): Flight => {
    const flight = watching(ramp({ pagesOn: ['insufficient-data'] }), { page: { ...TEAM, language } });
    const outcome = judged('insufficient-data');
    if (outcome.result !== 'done' || outcome.data.kind !== 'verdict') throw new Error('no verdict');
    const verdict = { ...outcome.data.verdict, sentence, sentences: { en: sentence, fr: 'pas assez' } };
    flight.run('ramp:4.0', { ...outcome, data: { kind: 'verdict', verdict } });
    return flight;
  };

  test('is in the language of the plan', () => {
    const text = textOf(saying('not enough', 'fr'));
    expect(text).toMatch(/^ramp \(Step ramp\) : données insuffisantes : pas assez\nContinuer : slipway resume/);
  });

  test.each(['{{ artifact.version }}', '{{{ x', '{% raw %}', '{{', '{%{{'])(
    'takes %s for words, not for a template',
    (said) => {
      expect(textOf(saying(said))).toContain(`insufficient-data: ${said.replaceAll(/\{(?=[{%])/g, '{ ')}`);
    },
  );

  test('is of bounded length', () => {
    expect(textOf(saying('x'.repeat(100_000))).length).toBeLessThan(1_500);
  });

  test("and go back to another step's, when the newest of two has another verdict", () => {
    const soaking = { judging: { ...stage(5).judging, pagesOn: ['insufficient-data' as const] } };
    const both = [check('gate', { onFail: 'page' }), soak('calm', 'staging', soaking)];
    const flight = new Flight(planOf(both, { page: TEAM })).fly('gate:0.0');
    flight.begin('calm:0.0');
    flight.run('gate:0.0', failed());
    expect(flight.launch.pages?.cause).toMatchObject({ step: 'gate' });
    flight.settle('calm:0.0', judged('insufficient-data'));
    expect(flight.launch.pages?.cause).toMatchObject({ step: 'calm' });
    flight.run('calm:0.1', judged('pass'));
    expect(flight.launch.pages).toMatchObject({ cause: { step: 'gate' }, times: 1 });
    deliver(flight);
    flight.pass(AGAIN);
    expect(pages(flight)).toEqual(['team 1', 'team 1', 'team 2']);
  });
});
