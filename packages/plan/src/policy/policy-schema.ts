import { z } from 'zod';
import { duration, name, person } from '../schema/words.ts';

const floor = z.strictObject({
  by: z
    .record(name(), z.int().min(1).max(100))
    .refine((quorum) => Object.keys(quorum).length > 0, { error: 'expected at least one role, such as {tech-lead: 1}' })
    .refine((quorum) => Object.keys(quorum).length <= 20, { error: 'expected at most 20 roles' })
    .describe('Role to the number of GOs that it takes at least. Example: {tech-lead: 1}.'),
  not: z
    .array(name())
    .max(20)
    .default([])
    .describe(
      'Who must have no vote: author is who started the launch, any other word a role. Default: nobody. Example: [author].',
    ),
  distinct: z
    .boolean()
    .default(true)
    .describe('Whether one person must count for one role only. Default: true. Example: false.'),
  expires: duration(1_000)
    .optional()
    .describe('How old a GO may get at most. Default: as old as the plan likes. Example: 4h.'),
});

const checks = z
  .strictObject({
    rehearsal: z
      .literal('required')
      .optional()
      .describe('A check rehearsal: the server rehearses the very plan. Default: none has to. Example: required.'),
    'rollback-rehearsed': duration(1_000)
      .optional()
      .describe(
        'A check launches with way-back: verified and tier: staging, and this or less in within: the way back of this artifact was walked on staging. Default: none has to. Example: 14d.',
      ),
  })
  .refine((given) => Object.keys(given).length > 0, { error: 'expected rehearsal or rollback-rehearsed' });

const waivers = z.strictObject({
  'second-person': name()
    .optional()
    .describe(
      'The role of whoever must approve a waiver that somebody else proposed. A sign-off in front of a tier with a floor is waived by two people or not at all. Default: nobody has to. Example: tech-lead.',
    ),
  longest: duration(1_000)
    .optional()
    .describe(
      'How long the waiver of a check may last: then it is asked again. Default: a waiver needs no end. Example: 7d.',
    ),
  never: z
    .array(z.string().min(1).max(200))
    .max(200)
    .default([])
    .describe(
      'Checks that nobody waives, by the name of the step or of what checks. Default: none. Example: [git, backup-is-recent].',
    ),
});

/** A file `slipway.policy.yaml`, key by key. */
export const policyKeys = {
  people: z
    .record(name(), z.array(person()).min(1).max(200))
    .default({})
    .describe(
      'Role to the people who may hold it or stand in for it: a plan names these or fewer. Default: whom the plan names. Example: {tech-lead: [tech@shop.example]}.',
    ),
  signoffs: z
    .strictObject({
      production: floor
        .optional()
        .describe('In front of every step that changes production. Default: nothing. Example: {by: {tech-lead: 1}}.'),
      staging: floor
        .optional()
        .describe('In front of every step that changes staging. Default: nothing. Example: {by: {tech-lead: 1}}.'),
    })
    .default({})
    .describe(
      'The least that a sign-off asks for in front of steps that change a tier. Default: none. Example: {production: {by: {tech-lead: 1}, not: [author]}}.',
    ),
  checks: z
    .strictObject({
      production: checks
        .optional()
        .describe('In front of every step that changes production. Default: none. Example: {rehearsal: required}.'),
    })
    .optional()
    .describe(
      'Checks that must stand in front of steps that change a tier. Default: none. Example: {production: {rehearsal: required, rollback-rehearsed: 14d}}.',
    ),
  waivers: waivers
    .prefault({})
    .describe(
      'What skipping a check or a sign-off takes. Default: a reason. Example: {second-person: tech-lead, longest: 7d}.',
    ),
  'forbid-commands': z
    .array(z.string().trim().min(1).max(500))
    .max(200)
    .default([])
    .describe(
      'Commands that no step runs: the name of a program, then words that all stand somewhere behind it, * for any characters. Forced pushes to main or master, deleting a tag that the plan checks, --no-verify and variables that switch guards off are forbidden always. Default: none besides. Example: ["kubectl delete namespace", "terraform destroy"].',
    ),
} as const;

export const policySchema = z.strictObject(policyKeys);
