import { z } from 'zod';
import { asMap, type Draft, stepsOfKind } from '../parse/draft.ts';
import { type Findings, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { channelsOf } from '../resolve/channels-of.ts';
import { listWords } from '../text/list-words.ts';

interface Mentioning {
  readonly path: Path;
  readonly to: readonly string[];
  readonly mention: readonly string[];
}

/** Whoever is called is known to the channels that can call: the name alone wakes nobody. */
export function lintMentions(findings: Findings, draft: Draft): void {
  for (const { path, to, mention } of mentioning(draft)) {
    const channels = channelsOf(to, draft);
    for (const [index, written] of mention.entries()) {
      const name = written.replace(/^@/, '');
      const strange = channels.filter((channel) => peopleOf(draft, channel)?.includes(name) === false);
      if (strange.length === 0) continue;
      const message = `${listWords(strange, 'and')} cannot call ${name}: it would be shown as @${name}`;
      const expected = `people: {${name}: …} in the settings of the channel`;
      reportValue(findings, [...path, index], { message, expected, severity: 'warning' });
    }
  }
}

function mentioning(draft: Draft): readonly Mentioning[] {
  const moments = (draft.announcements ?? []).map((each, index) => ({ path: ['announcements', index], ...each }));
  const steps = stepsOfKind(draft, 'announce').map(({ path, authored }) => ({ path, ...authored.step }));
  return [...moments, ...steps].flatMap(({ path, to, mention }) =>
    mention === undefined ? [] : [{ path: [...path, 'mention'], to, mention }],
  );
}

/** Whom a channel can call; null: it calls nobody, or nothing is known of it. */
function peopleOf({ channels, language }: Draft, channel: string): readonly string[] | null {
  const use = channels.get(channel);
  if (use === undefined || use === null) return null;
  const schema = language.catalogue.channels[use.provider]?.schema;
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, 'people')) return null;
  return Object.keys(asMap(asMap(use.config)?.['people']) ?? {});
}
