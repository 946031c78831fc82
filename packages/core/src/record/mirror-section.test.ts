import { describe, expect, test } from 'vitest';
import type { MirrorDifference } from '../model/mirror-report.ts';
import { Flight, goesWell } from '../testing/flight.ts';
import { mirrored, reportOf } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { darkLaunch, deploy, rollout } from '../testing/steps.ts';
import { staysDark } from './counted-steps.ts';
import { recordMarkdown } from './record-markdown.ts';

const dark = darkLaunch('dark', 'production');
const difference = (at: number, own: Partial<MirrorDifference> = {}): MirrorDifference => ({
  at,
  method: 'GET',
  path: '/api/*',
  what: 'body',
  detail: '$.items[0].price',
  ...own,
});
const first = reportOf({
  failed: 2,
  different: 3,
  differences: { status: 1, body: 2 },
  leftOut: { busy: 4, tooLarge: 5, brokenOff: 6, unselected: 7 },
  latency: { new: { p50: 12.34, p99: 100.4 }, old: { p50: 11, p99: null } },
  samples: [difference(1_000, { what: 'status', detail: [200, 500] })],
});
const second = reportOf({ share: 50, samples: [...first.samples, difference(2_000)] });

function recordOf(language: 'en' | 'fr', reports: readonly (typeof first | null)[]): string {
  let watched = 0;
  const flight = new Flight(planOf([dark])).fly(null, (effect) =>
    effect.work.kind === 'observe' ? mirrored('pass', reports[watched++] ?? null) : goesWell(effect),
  );
  return recordMarkdown(flight.launch, flight.log, { language });
}

const sectionOf = (record: string, title: string): string => {
  const from = record.indexOf(`## ${title}`);
  return from === -1 ? '' : record.slice(from, record.indexOf('\n## ', from + 1)).trim();
};

describe('the record of a dark launch', () => {
  test('tells how far both versions overlap, and where they differ', () => {
    const record = recordOf('en', [first, second]);
    expect(record).toContain(
      '**Completed: the new version got copies of requests only; the previous one serves as before.**',
    );
    expect(sectionOf(record, 'What the copies showed')).toMatchInlineSnapshot(`
      "## What the copies showed

      | Time | Step | Copied | Compared | Different | Left out | p50, p99 in ms: new / old |
      | --- | --- | --- | --- | --- | --- | --- |
      | 1970-01-01 00:16:40 UTC | dark | 10 % to 2.0.0: 120, of which 2 failed | 100 | 3 (status 1, body 2) | no room 4, too large 5, broken off 6, nothing selected 7 | 12.3 / 11; 100 / – |
      | 1970-01-01 00:16:40 UTC | dark | 50 % to 2.0.0: 120, of which 0 failed | 100 | 0 (status 0, body 0) | no room 0, too large 0, broken off 0, nothing selected 0 | – / –; – / – |

      **The newest differences**

      | Time | Step | Request | What differs | Where |
      | --- | --- | --- | --- | --- |
      | 1970-01-01 00:00:01 UTC | dark | GET /api/\\* | status | \\[200,500\\] |
      | 1970-01-01 00:00:02 UTC | dark | GET /api/\\* | body | $.items\\[0\\].price |"
    `);
  });

  test('does so in French', () => {
    const record = recordOf('fr', [first, second]);
    expect(record).toContain("n'a reçu que des copies de requêtes");
    expect(sectionOf(record, 'Ce que les copies ont montré')).toMatchInlineSnapshot(`
      "## Ce que les copies ont montré

      | Heure | Étape | Copié | Comparé | Différent | Laissé de côté | p50, p99 en ms : nouvelle / ancienne |
      | --- | --- | --- | --- | --- | --- | --- |
      | 1970-01-01 00:16:40 UTC | dark | 10 % vers 2.0.0 : 120, dont 2 en échec | 100 | 3 (statut 1, corps 2) | sans place 4, trop grand 5, rompu 6, rien de sélectionné 7 | 12,3 / 11; 100 / – |
      | 1970-01-01 00:16:40 UTC | dark | 50 % vers 2.0.0 : 120, dont 0 en échec | 100 | 0 (statut 0, corps 0) | sans place 0, trop grand 0, rompu 0, rien de sélectionné 0 | – / –; – / – |

      **Les différences les plus récentes**

      | Heure | Étape | Requête | Ce qui diffère | Où |
      | --- | --- | --- | --- | --- |
      | 1970-01-01 00:00:01 UTC | dark | GET /api/\\* | statut | \\[200,500\\] |
      | 1970-01-01 00:00:02 UTC | dark | GET /api/\\* | corps | $.items\\[0\\].price |"
    `);
  });

  test('says where the router could not', () => {
    expect(sectionOf(recordOf('en', [null, second]), 'What the copies showed')).toContain('the router could not say');
  });

  test('has no such section where nothing was copied', () => {
    const flight = new Flight(planOf([rollout('canary', 'production')])).fly();
    expect(recordMarkdown(flight.launch, flight.log, { language: 'en' })).not.toContain('What the copies showed');
  });
});

test.each([
  ['a dark launch', [dark], true],
  ['a deploy to staging before it', [deploy('stage', 'staging'), dark], true],
  ['a canary after it', [dark, rollout('canary', 'production')], false],
  ['a deploy elsewhere in production', [dark, deploy('back', 'backstage')], false],
  ['a dark launch in staging, then a canary', [darkLaunch('dark', 'staging'), rollout('canary', 'production')], false],
  ['nothing', [], false],
])('%s: stays dark? %#', (_, steps, expected) => {
  expect(staysDark(planOf(inOrder(...steps)))).toBe(expected);
});
