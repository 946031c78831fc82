import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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

  test('of a launch under way says so', () => {
    const events = ROLLED_BACK.slice(0, 12);
    expect(recordMarkdown(fold(events), events, { language: 'en' })).toContain('**Still under way.**');
  });
});
