import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PlanText } from '@slipway/contract';
import { z } from 'zod';
import { codeOf, Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';

export const PLAN_FILE = 'launch.yaml';
const MOST_CHARACTERS = 3_000_000;

const options = z.object({ artifactVersion: z.string().min(1).max(100).optional() });

/** The plan that the first argument names, as it is sent to the server. Throws Failure where it cannot be read. */
export function readPlan(session: Session): PlanText {
  const { artifactVersion } = session.options(options);
  const file = planFile(session);
  const text = readFile(session, file);
  return { text, file, ...(artifactVersion === undefined ? {} : { artifactVersion }) };
}

export function planFile(session: Session): string {
  const written = session.argument(0);
  return written === '' ? PLAN_FILE : written;
}

function readFile(session: Session, file: string): string {
  const { failures } = session.m;
  try {
    const text = readFileSync(resolve(session.context.cwd, file), 'utf8');
    if (text.length > MOST_CHARACTERS) throw new Failure('too-large', failures.planTooLarge(file));
    return text;
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (codeOf(error) === 'ENOENT') throw new Failure('not-found', failures.noPlan(file));
    throw new Failure('wrong-input', failures.unreadable(file, reasonOf(error)));
  }
}
