import { z } from 'zod';

const offered = z.strictObject({
  name: z.string(),
  title: z.string(),
  authority: z.array(z.string()).describe('Roles of which any holder may choose it.'),
  reason: z.boolean().describe('Whether it is only chosen with a reason.'),
  phases: z.array(z.string()).describe('Phases that run when it is chosen.'),
});

/** The scenarios of a plan, before it starts. */
export const planScenarios = z.strictObject({
  after: z.string().describe('The phase whose end is the decision.'),
  choose: z
    .array(z.strictObject({ when: z.array(z.string()).describe('Empty: always.'), scenario: z.string() }))
    .describe('The decision table: the first row that is true is proposed.'),
  offer: z.array(offered),
});
export type PlanScenarios = z.infer<typeof planScenarios>;

const finding = z.strictObject({
  asked: z.string(),
  found: z.string(),
  expected: z.string(),
  verdict: z.enum(['pass', 'fail', 'unknown']),
});

/** Where the decision between the scenarios of a launch stands. */
export const scenarioView = z.strictObject({
  offer: z.array(offered),
  basis: z
    .strictObject({ seq: z.number().int(), digest: z.string() })
    .nullable()
    .describe('What a choice is bound to: the proposal; null: the gate is not done yet.'),
  proposed: z.string().nullable().describe('What the decision table proposes; null: nothing, or the gate is not done.'),
  rows: z
    .array(
      z.strictObject({
        scenario: z.string(),
        is: z.enum(['true', 'false', 'unknown']),
        conditions: z.array(finding),
      }),
    )
    .describe('The rows of the table with what they compared; empty until the gate is done.'),
  chosen: z
    .strictObject({
      scenario: z.string(),
      title: z.string(),
      by: z.string(),
      at: z.number().int().describe('Milliseconds since the epoch.'),
      reason: z.string(),
      override: z.boolean().describe('Whether the table proposed another one.'),
      until: z
        .number()
        .int()
        .nullable()
        .describe('Milliseconds since the epoch up to which nothing changes; null: things do.'),
    })
    .nullable()
    .describe('null: nobody has chosen, or the facts have changed since.'),
});
export type ScenarioView = z.infer<typeof scenarioView>;
