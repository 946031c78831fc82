import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { table } from './markdown.ts';
import { page, ROOT } from './page.ts';

/** What a test of the judge holds to what it says now. */
const SOURCE = 'packages/judge/src/kayenta/fixtures/verdicts.json';

const listed = z.strictObject({
  name: z.string(),
  asked: z.array(z.string()).min(1),
  says: z.string(),
  why: z.string().optional(),
});

const file = z.strictObject({
  classifier: z.array(listed),
  criticism: z.array(listed),
  scorer: z.array(listed),
});

type Listed = z.infer<typeof listed>;

/** docs/explanation/judge-kayenta.md. Throws where its source is none. */
export async function judgeKayentaPage(): Promise<string> {
  const { classifier, criticism, scorer } = file.parse(JSON.parse(readFileSync(join(ROOT, SOURCE), 'utf8')));
  return await page("The judge against Kayenta's cases", SOURCE, [
    OPENING,
    `## Its classifiers\n\n${verdicts(classifier)}`,
    `## Published criticism\n\nSamples that people reported as judged wrongly, or that were derived from reading Kayenta. Asked is what they wanted.\n\n${verdicts(criticism)}`,
    `## Its scorer\n\nThe scorer is given the class of each metric and gives a number. Here each class became an hour of minutes in which the metric plainly is of it; a score of 100 is asked to pass, and a lower one to fail.\n\n${verdicts(scorer)}`,
    '## Not compared\n\nFour cases of the Mann-Whitney test itself: they ask for an interval and an estimate, which no verdict answers. One case that asks for the words of a reason.',
  ]);
}

const OPENING = `Kayenta's test suite says what its judge makes of some samples. The same samples were given to [our judge](judge.md), and this is where it says something else, and why. High and Low are asked to fail, Pass to pass, Nodata to be \`insufficient-data\`.

The two are fed differently, so something had to be chosen. Kayenta takes one number for each interval and no unit. Here each number counts bad answers, of as many requests on both versions, and of as few as there can have been: with no points in the margin the evidence does not depend on how many. Where a case has thresholds for the ratio of the means, these are the margin; else it is the usual 1.1. A metric that may move either way is judged as two. \`min-samples\` is 100, which is its default, and \`false-alarms\` 1 %.

Counts are the reading that is kindest to few samples: of numbers that are no counts, five tell less.`;

function verdicts(cases: readonly Listed[]): string {
  const differ = cases.filter(({ why }) => why !== undefined);
  const rows = cases.map(({ name, asked, says, why = '' }) => [name, asked.join(' or '), says, why]);
  const said = `${cases.length} cases, of which ${differ.length} differ.`;
  return [said, table(['Case', 'Asked', 'Our judge', 'Why it differs'], rows)].join('\n\n');
}
