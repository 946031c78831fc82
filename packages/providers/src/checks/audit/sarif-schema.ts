import { z } from 'zod';

const properties = z.object({ 'security-severity': z.union([z.string(), z.number()]).nullish() }).nullish();

const rule = z.object({
  id: z.string(),
  defaultConfiguration: z.object({ level: z.string().nullish() }).nullish(),
  properties,
});

const component = z.object({ name: z.string().nullish(), rules: z.array(rule).nullish() });

const index = z.int().min(-1).nullish();

const result = z.object({
  ruleId: z.string().nullish(),
  ruleIndex: index,
  rule: z.object({ id: z.string().nullish(), index, toolComponent: z.object({ index }).nullish() }).nullish(),
  level: z.string().nullish(),
  kind: z.string().nullish(),
  baselineState: z.string().nullish(),
  message: z.object({ text: z.string().nullish() }),
  suppressions: z.array(z.object({ status: z.string().nullish() })).nullish(),
  locations: z
    .array(
      z.object({
        physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string().nullish() }).nullish() }).nullish(),
      }),
    )
    .nullish(),
  properties,
});

const run = z.object({
  tool: z.object({ driver: component, extensions: z.array(component).nullish() }),
  invocations: z
    .array(
      z.object({
        executionSuccessful: z.boolean(),
        endTimeUtc: z.string().nullish(),
        ruleConfigurationOverrides: z.array(z.unknown()).nullish(),
      }),
    )
    .nullish(),
  results: z.array(result).nullish(),
  externalPropertyFileReferences: z.object({ results: z.array(z.unknown()).nullish() }).nullish(),
});

/** What is read of SARIF 2.1.0 (OASIS); everything else is let through. */
export const sarifLog = z.object({ version: z.literal('2.1.0'), runs: z.array(run).min(1) });

export type SarifRun = z.infer<typeof run>;
export type SarifResult = z.infer<typeof result>;
export type SarifRule = z.infer<typeof rule>;
