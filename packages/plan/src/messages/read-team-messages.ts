import type { z } from 'zod';
import { lintEnds } from '../lint/lint-quiet-hours.ts';
import { checkValue } from '../parse/check-value.ts';
import { asMap, type Draft, stepsOfKind } from '../parse/draft.ts';
import { type Findings, reportInside, reportValue } from '../parse/findings.ts';
import { locate } from '../parse/locate.ts';
import type { Problem } from '../parse/problem.ts';
import { readYaml } from '../parse/read-yaml.ts';
import { valueAt } from '../parse/source.ts';
import { messages as schema } from '../schema/messages.ts';
import { checkTemplate } from '../template/check-template.ts';
import { messageVariables } from '../template/variables.ts';
import { mergeMessages } from './merge-messages.ts';

/** A file of messages that the plans of a team share, as it is sent with a plan. */
export interface TeamMessages {
  readonly text: string;
  /** How problems call it. */
  readonly file: string;
}

export type WrittenMessages = z.output<typeof schema>;

/** A draft with what the team's file adds, and what is wrong with that file. Errors there make the plan wrong, too. */
interface WithTeam {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
  readonly errors: number;
}

/** Adds the team's messages to a plan's own: what the plan writes itself wins. Bounded as parsePlan is; never throws on any text. */
export function withTeamMessages(findings: Findings, draft: Draft, team: TeamMessages | undefined): WithTeam {
  if (team === undefined) return { draft, problems: [], errors: 0 };
  const yaml = readYaml(team.file, team.text);
  if (!yaml.ok) return { draft, problems: yaml.problems, errors: yaml.problems.length };
  const { findings: own, complete } = locate(team.file, team.text, yaml);
  const written = complete ? readFile(own) : null;
  if (written === null || draft.messages === null) return { draft, ...own };
  const byPlan = Object.keys(asMap(valueAt(findings.source, ['messages'])) ?? {});
  const merged = mergeMessages({ plan: draft.messages, written: byPlan, team: written });
  const { templates = {} } = draft.messages ?? {};
  const teamTemplates = new Set(Object.keys(written.templates).filter((name) => !Object.hasOwn(templates, name)));
  const told = { ...draft, messages: merged, teamTemplates };
  lintTemplates(own, told);
  if (!byPlan.includes('quiet')) lintEnds(own, told, ['quiet']);
  return { draft: told, ...own };
}

function readFile(findings: Findings): WrittenMessages | null {
  const { value } = findings.source;
  if (asMap(value) === null) {
    const message = 'a file of messages is a map of keys and values';
    reportValue(findings, [], { message, expected: 'templates, words, links or language' });
    return null;
  }
  return checkValue(findings, { path: [], value, schema, quote: true });
}

/** Of a template that this plan does not use, words and links may be another plan's: only its form is looked at. */
function lintTemplates(findings: Findings, draft: Draft & { readonly teamTemplates: ReadonlySet<string> }): void {
  const used = new Set(usedTemplates(draft));
  const allowed = messageVariables(draft.messages ?? undefined);
  for (const name of draft.teamTemplates) {
    for (const part of ['title', 'text'] as const) {
      const path = ['templates', name, part];
      const text = valueAt(findings.source, path);
      if (typeof text !== 'string') continue;
      for (const { reason, spot, unknown } of checkTemplate(text, allowed))
        if (used.has(name) || unknown !== true) reportInside(findings, path, { spot, said: { message: reason } });
    }
  }
}

function usedTemplates(draft: Draft): readonly (string | undefined)[] {
  const steps = stepsOfKind(draft, 'announce').map(({ authored }) => authored.step.template);
  return [...steps, ...(draft.announcements ?? []).map(({ template }) => template)];
}
