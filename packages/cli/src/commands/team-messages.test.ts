import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { teamMessagesFile } from './team-messages.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-messages-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const FILE = 'slipway.messages.yaml';

function foundIn(files: readonly string[]): string | null {
  for (const file of ['repository/apps/shop/launch.yaml', ...files]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  return teamMessagesFile(join(root, 'repository/apps/shop/launch.yaml'), join(root, 'repository'));
}

describe("a team's file of messages", () => {
  test.each([
    ['beside the plan', [`repository/apps/shop/${FILE}`, 'repository/.git'], `apps/shop/${FILE}`],
    ['above it', [`repository/apps/${FILE}`, 'repository/.git/HEAD'], `apps/${FILE}`],
    ['at the root of the repository', [`repository/${FILE}`, 'repository/.git/HEAD'], FILE],
    ['the nearest', [`repository/${FILE}`, `repository/apps/${FILE}`, 'repository/.git/HEAD'], `apps/${FILE}`],
    ['not above the repository', [FILE, 'repository/.git/HEAD'], null],
    ['not above a plan that is in no repository', [`repository/apps/${FILE}`], null],
    ['beside a plan that is in no repository', [`repository/apps/shop/${FILE}`], `apps/shop/${FILE}`],
    ['none', ['repository/.git/HEAD'], null],
  ])('is found: %s', (_where, files, found) => {
    expect(foundIn(files)).toBe(found);
  });
});
