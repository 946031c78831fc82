import { expect, it, onTestFinished } from 'vitest';
import type { BodyProjection } from '@slipway/provider-kit';
import { BodyComparer } from './body-comparer.ts';
import type { BodyOfAnswer } from './compare-bodies.ts';

const json = (text: string): BodyOfAnswer => ({
  bytes: Buffer.from(text),
  contentType: 'application/json',
  contentEncoding: '',
});

function comparer(projection: Partial<BodyProjection> = {}, timeoutMs = 10_000): BodyComparer {
  const made = new BodyComparer({ only: [], ignore: [], ...projection }, timeoutMs);
  onTestFinished(() => made.close());
  return made;
}

it('compares by its projection, and gives each pair its own verdict', async () => {
  const here = comparer({ ignore: ['$.at'] });
  const verdicts = await Promise.all(
    [1, 2, 3, 4].map((value) => here.compare(json('{"at":1,"a":2}'), json(`{"at":${value},"a":${value}}`))),
  );
  const different = { kind: 'different', at: '$.a' };
  expect(verdicts).toEqual([different, { kind: 'same' }, different, different]);
});

it('leaves the bytes to whoever holds them', async () => {
  const held = json('{"a":1}');
  await comparer().compare(held, held);
  expect(Buffer.from(held.bytes).toString()).toBe('{"a":1}');
});

it('gives up a comparison that does not end, keeps this thread free meanwhile, and goes on with the next', async () => {
  const here = comparer({ ignore: ["$[?search(@, '(a+)+b')]"] }, 2_000);
  const text = JSON.stringify(['a'.repeat(50)]);
  const endless = here.compare(json(text), json(text));
  let turns = 0;
  const counter = setInterval(() => (turns += 1), 1);
  onTestFinished(() => clearInterval(counter));
  expect(await endless).toBeNull();
  expect(turns).toBeGreaterThan(10);
  expect(await here.compare(json('[1]'), json('[2]'))).toEqual({ kind: 'different', at: '$[0]' });
});

it('has no verdict where it cannot compare, and is none the worse for it', async () => {
  const here = comparer({ ignore: ['this is no path'] });
  expect(await here.compare(json('[1]'), json('[1]'))).toBeNull();
  expect(await here.compare({ ...json('[1]'), contentType: 'text/plain' }, json('[1]'))).toEqual({ kind: 'same' });
});

it('has no verdict once it is closed', async () => {
  const here = comparer();
  const asked = here.compare(json('[1]'), json('[1]'));
  here.close();
  expect(await asked).toBeNull();
  expect(await here.compare(json('[1]'), json('[1]'))).toBeNull();
});
