import { expect, test } from 'vitest';
import { acceptedLanguage } from './language.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['fr', 'fr'],
  ['en', 'en'],
  ['FR', 'fr'],
  ['fr-CA', 'fr'],
  ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
  ['en;q=0.8, fr;q=0.9', 'fr'],
  ['en;q=0.8,fr;q=0.8', 'en'],
  ['de,fr;q=0.5', 'fr'],
  ['de-DE, es', 'en'],
  ['*', 'en'],
  ['fr;q=0.4, *;q=0.5', 'en'],
  ['fr;q=0', 'en'],
  ['fr;q=2', 'en'],
  ['fr;q=much', 'en'],
  ['frisian', 'en'],
  ['fr_FR', 'en'],
  ['../../fr', 'en'],
  [`${'de,'.repeat(50)}fr`, 'en'],
  [`${'d'.repeat(1_000)},fr`, 'en'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(acceptedLanguage({ 'accept-language': header })).toBe(language);
});
