import { describe, expect, test } from 'vitest';
import { countriesOf } from './countries-of.ts';

describe('countries that keep the time of a zone', () => {
  test.each<readonly [zone: string, country: string]>([
    ['Europe/Paris', 'FR'],
    ['Europe/Berlin', 'DE'],
    ['America/New_York', 'US'],
    ['Asia/Tokyo', 'JP'],
  ])('%s: %s', (zone, country) => {
    expect(countriesOf(zone)).toContain(country);
    expect(countriesOf(zone)).toEqual(countriesOf(zone));
  });

  test('of UTC there is none', () => {
    expect(countriesOf('UTC')).toEqual([]);
  });
});
