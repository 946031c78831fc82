import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PlanText } from '@slipway/contract';
import type { LaunchPolicy } from '@slipway/core';
import { canonicalJson, formatProblem, parsePolicy, PLAN_LIMITS, type Policy } from '@slipway/plan';
import { reasonOf } from '@slipway/provider-kit';
import { Refusal } from '../api/refusal.ts';

/** Beside a plan. */
export const POLICY_FILE = 'slipway.policy.yaml';

/** Where policies are. */
export interface PolicyPlace {
  /** Absolute file of the server's own, which then counts alone; null: it has none. */
  readonly policyFile: string | null;
}

/**
 * The policy for plans of a folder: the server's, where it has one, else the one beside the plan; null: there is none. Rejects with
 * Refusal where it cannot be read or is wrong: a policy that nobody can read forbids everything.
 */
export async function policyOf({ policyFile }: PolicyPlace, directory: string): Promise<LaunchPolicy | null> {
  if (policyFile !== null) return launchPolicy(await textOf(policyFile), policyFile);
  const beside = join(directory, POLICY_FILE);
  const text = await textIfThere(beside);
  return text === null ? null : launchPolicy(text, POLICY_FILE);
}

/** The policy for a plan that is only looked at: the server's, else the one that was sent with it. */
export async function policyForReport({ policyFile }: PolicyPlace, { policy }: PlanText): Promise<Policy | null> {
  if (policyFile !== null) return launchPolicy(await textOf(policyFile), policyFile).rules;
  return policy === undefined ? null : launchPolicy(policy.text, policy.file).rules;
}

function launchPolicy(text: string, file: string): LaunchPolicy {
  const parsed = parsePolicy(text, { file });
  if (parsed.ok) {
    const digest = createHash('sha256').update(canonicalJson(parsed.policy)).digest('hex');
    return { digest, rules: parsed.policy };
  }
  const problems = parsed.problems.map(formatProblem);
  const message = `the policy is wrong, and without it nothing starts: ${problems[0] ?? basename(file)}`;
  throw new Refusal(422, { code: 'wrong-input', message, problems });
}

async function textOf(file: string): Promise<string> {
  const text = await textIfThere(file);
  if (text === null) throw unreadable(file, 'there is no such file');
  return text;
}

/** null: it is not there. What is too long is refused by whoever reads it. */
async function textIfThere(file: string): Promise<string | null> {
  try {
    await using handle = await open(file, 'r');
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(PLAN_LIMITS.bytes + 1), position: 0 });
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(file, reasonOf(error));
  }
}

function unreadable(file: string, why: string): Refusal {
  const message = `the policy ${basename(file)} cannot be read, and without it nothing starts: ${why}`;
  return new Refusal(422, { code: 'wrong-input', message });
}
