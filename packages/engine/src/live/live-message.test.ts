import { expect, test } from 'vitest';
import { MOST_BROADCAST } from '../ports/changes.ts';
import { SAMPLE_LOOK } from '../testing/sample-look.ts';
import type { LiveLook } from './live-look.ts';
import { decodeLive, encodeLive, type LiveMessage } from './live-message.ts';

const LOOK: LiveLook = { ...SAMPLE_LOOK, metrics: [{ name: 'errors', unit: 'ratio', new: 0.1, old: null }] };
const saying = (text: string): LiveMessage['state']['activity'] => ({ 'migrate:0.0': { step: 'migrate', text } });
const message = (look: LiveLook | null, activity = saying('row 7 of 9')): LiveMessage => ({
  from: 'one',
  launch: 'shop-1',
  state: { look, activity },
});
const metrics = (count: number) =>
  Array.from({ length: count }, () => ({ name: 'é'.repeat(50), unit: 'ratio' as const, new: 1, old: 2 }));

test('what is short comes as it was said', () => {
  expect(decodeLive(encodeLive(message(LOOK)))).toEqual(message(LOOK));
  const lean = message({ ...LOOK, metrics: [{ name: 'memory', unit: { gauge: 'bytes' }, new: 7e8, old: 4e8 }] });
  expect(decodeLive(encodeLive(lean))).toEqual(lean);
  const dark = message({ ...LOOK, mirror: { compared: 9, different: 1 } });
  expect(decodeLive(encodeLive(dark))).toEqual(dark);
  const judged = message({ ...LOOK, compared: COMPARED, sentences: { en: 'fine', fr: 'bien' } });
  expect(decodeLive(encodeLive(judged))).toEqual(judged);
});

const COMPARED: NonNullable<LiveLook['compared']> = {
  harm: 1.5,
  threshold: 4.6,
  harmless: -0.5,
  looks: 7,
  metrics: [
    { metric: 'errors', harm: 1.5, harmless: -0.5, part: 1, new: { low: 0, high: 0.2 }, old: null, times: null },
  ],
};
const WITH_TIMES = (times: unknown) => ({ ...COMPARED, metrics: [{ ...COMPARED.metrics[0], times }] });

test.each([
  [{ is: 'between', low: 0.5, high: null, estimate: 1.2, confidence: 0.95 }],
  [{ is: 'moved', estimate: null, confidence: 0.95 }],
])('how the shares compare comes as it was said: %o', (times) => {
  const compared = WITH_TIMES(times) as LiveLook['compared'] & object;
  const judged = message({ ...LOOK, compared });
  expect(decodeLive(encodeLive(judged))).toEqual(judged);
  // Of a version that says nothing of it.
  const older = message({ ...LOOK, compared: WITH_TIMES(undefined) as typeof compared });
  const heard = decodeLive(encodeLive(older));
  expect(heard?.state.look?.compared?.metrics[0]?.times).toBeNull();
});

const LONG = 'é'.repeat(4_000);
const CUT = `${'é'.repeat(200)}…`;

test.each<[what: string, said: LiveMessage, heard: LiveMessage]>([
  [
    'long texts are cut',
    message({ ...LOOK, sentence: LONG }, saying(LONG)),
    message({ ...LOOK, sentence: CUT }, saying(CUT)),
  ],
  [
    'where there are too many sayings the look comes alone',
    message(LOOK, Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`e${n}`, { step: null, text: LONG }]))),
    message(LOOK, {}),
  ],
  ['a look with too many figures stays behind, whole', message({ ...LOOK, metrics: metrics(200) }), message(null)],
])('%s', (_what, said, heard) => {
  const text = encodeLive(said);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BROADCAST);
  expect(decodeLive(text)).toEqual(heard);
});

test.each<[what: string, change: (fields: Record<string, unknown>) => unknown]>([
  ['no object', () => 'words'],
  ['a list', (fields) => [fields]],
  ['no process', ({ from: _from, ...rest }) => rest],
  ['no launch', (fields) => ({ ...fields, launch: 7 })],
  ['no sayings', (fields) => ({ ...fields, activity: null })],
  ['a saying without a text', (fields) => ({ ...fields, activity: { x: { step: null } } })],
  ['a look without figures', (fields) => ({ ...fields, look: { step: 'ramp' } })],
  ['a standing that nobody knows', (fields) => ({ ...fields, look: { ...LOOK, standing: 'splendid' } })],
  ['a mirror without figures', (fields) => ({ ...fields, look: { ...LOOK, mirror: { compared: 'all' } } })],
  [
    'a comparison without figures',
    (fields) => ({ ...fields, look: { ...LOOK, compared: { ...COMPARED, harm: null } } }),
  ],
  [
    'a band that is none',
    (fields) => ({
      ...fields,
      look: { ...LOOK, compared: { ...COMPARED, metrics: [{ ...COMPARED.metrics[0], new: { low: 0 } }] } },
    }),
  ],
  ...[
    { is: 'perhaps', estimate: 1, confidence: 0.95 },
    { is: 'moved', confidence: 0.95 },
    { is: 'moved', estimate: 1, confidence: 'high' },
    { is: 'between', low: 1, estimate: 1, confidence: 0.95 },
    'twice',
  ].map((times): [string, (fields: Record<string, unknown>) => unknown] => [
    `a number of times that is none: ${JSON.stringify(times)}`,
    (fields) => ({ ...fields, look: { ...LOOK, compared: WITH_TIMES(times) } }),
  ]),
  ['a sentence in one language only', (fields) => ({ ...fields, look: { ...LOOK, sentences: { en: 'fine' } } })],
  ['a figure that is none', (fields) => ({ ...fields, look: { ...LOOK, samples: 'many' } })],
  [
    'a metric of another unit',
    (fields) => ({ ...fields, look: { ...LOOK, metrics: [{ ...LOOK.metrics[0], unit: 'furlongs' }] } }),
  ],
  [
    'a gauge without the text of its unit',
    (fields) => ({ ...fields, look: { ...LOOK, metrics: [{ ...LOOK.metrics[0], unit: { gauge: 7 } }] } }),
  ],
])('is not believed: %s', (_what, change) => {
  const fields = JSON.parse(encodeLive(message(LOOK))) as Record<string, unknown>;
  expect(decodeLive(JSON.stringify(change(fields)))).toBeNull();
});

test.each(['', '{', 'null'])('is not believed: %j', (text) => {
  expect(decodeLive(text)).toBeNull();
});

test('what a newer version says besides is left out', () => {
  const text = JSON.stringify({
    from: 'one',
    launch: 'shop-1',
    activity: {},
    look: { ...LOOK, mood: 'good' },
    more: 1,
  });
  expect(decodeLive(text)).toEqual(message(LOOK, {}));
});
