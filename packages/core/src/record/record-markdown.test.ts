import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Flight } from '../testing/flight.ts';
import { planOf } from '../testing/plans.ts';
import { announce } from '../testing/steps.ts';
import { recordMarkdown } from './record-markdown.ts';
import { COMPLETED } from './testing/completed-log.ts';
import { fold } from './testing/log.ts';
import { ROLLED_BACK } from './testing/rolled-back-log.ts';

const golden = (name: string): string => readFileSync(new URL(`fixtures/${name}.md`, import.meta.url), 'utf8');

describe('a record', () => {
  test.each([
    ['rolled-back', ROLLED_BACK, 'en'],
    ['completed', COMPLETED, 'en'],
    ['rolled-back.fr', ROLLED_BACK, 'fr'],
  ] as const)('%s reads as a document', (name, events, language) => {
    expect(recordMarkdown(fold(events), events, { language })).toBe(golden(name));
  });

  test('shows what people write as they wrote it, and no Markdown of theirs', () => {
    const text = recordMarkdown(fold(ROLLED_BACK), ROLLED_BACK, { language: 'en' });
    expect(text).toContain(String.raw`green, and \*calm\*`);
    expect(text).toContain(String.raw`GET /api/products?a\|b`);
  });

  test.each([
    [3_600_000, 'en', 'the clock was set back by'],
    [3_600_000, 'fr', "l'horloge a été reculée de"],
    [3_000, 'en', ''],
  ] as const)('names a clock that was set back by %d ms (%s)', (by, language, words) => {
    const events = ROLLED_BACK.map((recorded) =>
      recorded.seq < 12 ? recorded : { ...recorded, at: recorded.at - by },
    );
    const text = recordMarkdown(fold(events), events, { language });
    const named = text.split('\n').filter((line) => /clock was set|horloge a été/.test(line));
    expect(named).toHaveLength(words === '' ? 0 : 1);
    expect(named.join('')).toContain(words);
  });

  test.each([
    ['en', '**Completed: the channels were told.**'],
    ['fr', '**Terminé : les canaux ont été prévenus.**'],
  ] as const)('of a launch that only tells of something does not say that it is live (%s)', (language, words) => {
    const { launch, log } = new Flight(planOf([announce('told', null)])).fly();
    expect(recordMarkdown(launch, log, { language })).toContain(words);
  });

  test('of a launch under way says so', () => {
    const events = ROLLED_BACK.slice(0, 12);
    expect(recordMarkdown(fold(events), events, { language: 'en' })).toContain('**Still under way.**');
  });
});
