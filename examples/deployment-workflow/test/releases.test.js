import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const releases = new URL('../../shop/releases/', import.meta.url);

for (const file of readdirSync(releases).filter((name) => name.endsWith('.json')))
  test(`${file} says what is new`, () => {
    assert.ok(JSON.parse(readFileSync(new URL(file, releases), 'utf8')).features.length > 0);
  });
