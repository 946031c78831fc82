import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PlanText } from '@slipway/contract';
import { z } from 'zod';
import { codeOf, Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { calendarFiles } from './calendar-files.ts';
import { teamMessagesFile } from './team-messages.ts';

export const PLAN_FILE = 'launch.yaml';
const POLICY_FILE = 'slipway.policy.yaml';
const MOST_CHARACTERS = 3_000_000;

const options = z.object({
  artifactVersion: z.string().min(1).max(100).optional(),
  urgency: z.enum(['normal', 'hotfix-p1', 'hotfix-p2']).optional(),
});

/** The plan of a file, by default the one that the first argument names, as it is sent to the server. Throws Failure where it cannot be read. */
export function readPlan(session: Session, file = planFile(session)): PlanText {
  const { artifactVersion, urgency } = session.options(options);
  const text = readFile(session, file);
  const files = calendarFiles(resolve(session.context.cwd, file), text);
  return {
    text,
    file,
    ...(artifactVersion === undefined ? {} : { artifactVersion }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(Object.keys(files).length === 0 ? {} : { files }),
    ...policyBeside(session, file),
    ...teamMessages(session, file),
  };
}

/** What lies beside the plan is sent to be checked against; a server that has its own, and every start, go by what the server reads. */
function policyBeside(session: Session, plan: string): Pick<PlanText, 'policy'> {
  const file = join(dirname(plan), POLICY_FILE);
  if (!existsSync(resolve(session.context.cwd, file))) return {};
  return { policy: { file, text: readFile(session, file) } };
}

/** What of it the plan uses becomes a part of the plan: it is sent at every start, too. */
function teamMessages(session: Session, plan: string): Pick<PlanText, 'messages'> {
  const { cwd } = session.context;
  const file = teamMessagesFile(resolve(cwd, plan), cwd);
  return file === null ? {} : { messages: { file, text: readFile(session, file) } };
}

function planFile(session: Session): string {
  const written = session.argument(0);
  return written === '' ? PLAN_FILE : written;
}

/** Where the bytes cease to be UTF-8, counted from 0; null: they are. Read on, a stray byte would change a word in silence. */
export function notUtf8At(bytes: Uint8Array): number | null {
  if (isUtf8(bytes)) return null;
  let [good, bad] = [0, bytes.length];
  while (good < bad) {
    const middle = (good + bad) >> 1;
    if (beginsWell(bytes.subarray(0, middle + 1))) good = middle + 1;
    else bad = middle;
  }
  // The character that goes wrong may have begun well.
  while (!isUtf8(bytes.subarray(0, good))) good -= 1;
  return good;
}

/** Whether it is UTF-8 so far; its last character may be cut. */
function beginsWell(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function readFile(session: Session, file: string): string {
  const { failures } = session.m;
  try {
    const bytes = readFileSync(resolve(session.context.cwd, file));
    const offset = notUtf8At(bytes);
    if (offset !== null) throw new Failure('wrong-input', failures.notUtf8(file, offset));
    const text = bytes.toString('utf8');
    if (text.length > MOST_CHARACTERS) throw new Failure('too-large', failures.planTooLarge(file));
    return text;
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (codeOf(error) === 'ENOENT') throw new Failure('not-found', failures.noPlan(file));
    throw new Failure('wrong-input', failures.unreadable(file, reasonOf(error)));
  }
}
