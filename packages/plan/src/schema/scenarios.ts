import { z } from 'zod';
import { expectedType, name, title, tOffset, duration } from './words.ts';

const step = (what: string) => name().describe(`Id of ${what} of the common phases. Example: staged.`);

/** Words of a condition that stand beside another word's key are refused: each condition asks one thing. */
const condition = z.union([
  z.strictObject({
    check: step('a check'),
    is: z
      .enum(['passed', 'failed', 'waived'])
      .describe(
        'Its answer; failed: it could be asked, and the answer is no, which needs "decides: true" there. Example: passed.',
      ),
  }),
  z.strictObject({
    signoff: step('a sign-off'),
    is: z.enum(['go', 'waived']).describe('What came of it. Example: go.'),
  }),
  z.strictObject({
    value: step('a task, whose proof is the value, or a check, which found it,'),
    of: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('Which finding of a check, as its evidence names it. Default: its only one. Example: cycles.'),
    equals: z
      .union([z.string().min(1).max(500), z.number()])
      .optional()
      .describe('It is this text, or this number. Example: required.'),
    above: z.number().optional().describe('It is a number greater than this. Example: 48.'),
    below: z.number().optional().describe('It is a number less than this. Example: 0.05.'),
  }),
  z.strictObject({
    calendar: z
      .enum(['open', 'closed'])
      .describe('Whether the calendar lets steps that change production begin now. Example: open.'),
  }),
]);

export type WrittenCondition = z.output<typeof condition>;

const row = z.strictObject({
  when: z
    .array(condition, expectedType('a list of conditions, such as [{check: staged, is: passed}]'))
    .min(1)
    .max(20)
    .optional()
    .describe(
      'Conditions over the facts of the gate that must all be true; one that nobody can tell ends the table without a proposal. Default: always true, for the last row. Example: [{check: staged, is: passed}].',
    ),
  scenario: name().describe('The scenario that it proposes. Example: production.'),
});

const scenario = (checks: z.ZodType) =>
  z.strictObject({
    title: title().optional().describe('How people call it. Default: its name. Example: Freeze of the release.'),
    authority: z
      .array(name())
      .min(1)
      .max(20)
      .describe('Roles of which any holder may choose it. Example: [release-manager, director].'),
    not: z
      .array(name())
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Who may not choose it: author is who started the launch, every other word a role. Default: nobody. Example: [author].',
      ),
    phases: z
      .array(name())
      .max(50)
      .default([])
      .describe('Phases of the plan that run when it is chosen. Example: [staging, records].'),
    reason: z
      .enum(['required', 'optional'])
      .default('optional')
      .describe('Whether it is only chosen with a reason; against the table it always is. Default: optional.'),
    for: duration(1)
      .optional()
      .describe('How long nothing changes, from the moment it is chosen; either this or until. Example: 7d.'),
    until: tOffset()
      .optional()
      .describe('Until when nothing changes, relative to T-0; either this or for. Example: T+14d.'),
    unchanged: z
      .array(checks)
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Checks at the end of that time, written as steps of a phase; one that says no names what has changed, and holds the launch. Example: [{check: Nothing has changed, git: {clean: true, no-diff-since: v2.2.0}}].',
      ),
  });

/** `checks`: what a check step of a phase may be. */
export const scenarios = (checks: z.ZodType) =>
  z.strictObject({
    after: name().describe(
      'The phase whose end is the decision; it and all before it are common to every scenario. Example: gate.',
    ),
    choose: z
      .array(row)
      .max(50)
      .default([])
      .describe(
        'The decision table: the first row that is true is what Slipway proposes, and a person chooses. Without a row nothing is proposed. Example: [{when: [{check: staged, is: passed}], scenario: production}, {scenario: staging}].',
      ),
    offer: z
      .record(name(), scenario(checks))
      .refine((offered) => Object.keys(offered).length >= 2 && Object.keys(offered).length <= 20, {
        error: 'expected between 2 and 20 scenarios, of which one is chosen',
      })
      .describe(
        'The scenarios by name; one of them runs, the others never. Example: {staging: {authority: [qa-lead], phases: [staging]}, production: {authority: [director], phases: [production]}}.',
      ),
  });

/** What the key stands for. */
export const SCENARIOS_WORDS =
  'Exclusive ways to go on once the gate is done, of which a person with the authority chooses one; the phases of the others never run. Default: every phase runs. Example: {after: gate, choose: [{scenario: staging}], offer: {staging: {authority: [qa-lead], phases: [staging]}, production: {authority: [director], phases: [production]}}}.';

export type WrittenScenarios = z.output<ReturnType<typeof scenarios>>;
