import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { spoil } from '../testing/hostile.ts';
import * as samples from '../testing/sample-flags.ts';
import { screen } from '../testing/sample-launch.ts';
import * as answers from './flag-answers.ts';
import { flagLines } from './flag-lines.ts';
import { flagHistoryLines, flagSetLines, flagSetsLines, staleFlagLines, staleSetsLines } from './flag-lists.ts';
import { Pen } from './pen.ts';

const SETS = { sets: [{ set: 'shop.production', version: 7, flags: 2, killed: ['sale'] }] };
const EVALUATED = {
  flag: 'sale',
  reason: 'ERROR',
  variant: null,
  value: null,
  why: 'killed',
  error: { code: 'PARSE_ERROR', details: 'its rule cannot be read' },
};
type Samples = typeof samples & { readonly SETS: typeof SETS; readonly EVALUATED: typeof EVALUATED };

const PARTS: readonly (readonly [string, (found: Samples, pen: Pen) => string[]])[] = [
  ['sets', (found, pen) => flagSetsLines(found.SETS, pen)],
  ['set', (found, pen) => flagSetLines(found.FLAG_SET, pen)],
  ['flag', (found, pen) => flagLines(found.FLAG, pen)],
  ['history', (found, pen) => flagHistoryLines(found.FLAG_HISTORY, '', pen)],
  ['stale flags', (found, pen) => staleFlagLines(found.STALE_FLAGS, pen)],
  ['stale flags of sets', (found, pen) => staleSetsLines([found.STALE_FLAGS, found.STALE_FLAGS], pen)],
  ['status', (found, pen) => answers.flagStatusLines(found.FLAG_STATUS, pen)],
  ['kill', (found, pen) => answers.flagKilledLines({ ...found.KILLED, proposed: [] }, pen)],
  ['kill proposed', (found, pen) => answers.flagKilledLines({ ...found.KILLED, proposed: ['p1'] }, pen)],
  ['applied files', (found, pen) => answers.flagAppliedLines(found.APPLIED, pen)],
  ['evaluation', (found, pen) => answers.flagEvaluatedLines(found.EVALUATED, pen)],
  ['proposals', (found, pen) => answers.flagProposalLines(found.FLAG_SET, pen)],
  ['policy', (found, pen) => answers.flagPolicyLines(found.FLAG_SET.policy, pen)],
];
// oxlint-disable-next-line no-control-regex
const OWN_COLOURS = /\u001B\[[0-9;]*m/g;
const STEERS = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const ALL: Samples = { ...samples, SETS, EVALUATED };
// The hostile text of a provider stands in the policy's channels, and nowhere where a choice is told by its word.
const SPOILT: Samples = {
  ...spoil(ALL),
  FLAG: { ...spoil(samples.FLAG), type: 'release', origin: { kind: 'file', file: spoil('flags.yaml') } },
  APPLIED: {
    ...spoil(samples.APPLIED),
    changes: spoil(samples.APPLIED).changes.map((each) => ({ ...each, of: 'flag', change: 'added' })),
  },
};

describe.each(PARTS)('the %s', (_, lines) => {
  describe.each(['en', 'fr'] as const)('in %s', (language) => {
    const pen = (width: number, changes: object = {}): Pen =>
      new Pen(screen({ messages: messagesFor(language), width, ...changes }));

    test.each([40, 80, 120])('keeps to %d columns, whatever stands in it', (width) => {
      const wide = [...lines(ALL, pen(width)), ...lines(SPOILT, pen(width, { color: true }))];
      expect(wide.filter((line) => stringWidth(line) > width)).toEqual([]);
      expect(wide.length).toBeGreaterThan(1);
    });

    test('shows nothing that steers the terminal', () => {
      const spoilt = lines(SPOILT, pen(80, { color: true })).map((line) => line.replaceAll(OWN_COLOURS, ''));
      expect(spoilt.filter((line) => STEERS.test(line))).toEqual([]);
    });

    test('in ASCII is ASCII, and says the same without colours', () => {
      expect(lines(ALL, pen(80, { unicode: false })).join('')).toMatch(/^[ -~]*$/);
      const coloured = lines(ALL, pen(80, { color: true })).map((line) => line.replaceAll(OWN_COLOURS, ''));
      expect(coloured).toEqual(lines(ALL, pen(80)));
    });
  });
});

test('each state of a flag has a word beside its sign', () => {
  const text = flagSetLines(samples.FLAG_SET, new Pen(screen({ messages: messagesFor('en') }))).join('\n');
  for (const word of ['✖ killed', '» disabled', '▶ ramping', '✔ serving']) expect(text).toContain(word);
});
