import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const MOST_BYTES = 1_000_000;
const MOST_FILES = 10;
/** Inside the plan's folder: nothing else is sent to a server. */
const INSIDE = /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[\w ./-]{1,200}\.ics$/;

const naming = z.looseObject({ calendar: z.looseObject({ 'freeze-files': z.array(z.string()) }) });

/** The calendar files that a plan names, by path as it names them. `file`: where the plan is. Those that cannot be read are left out: the server says so. */
export function calendarFiles(file: string, text: string): Readonly<Record<string, string>> {
  const named = namedIn(text).filter((path) => INSIDE.test(path));
  const found = named.slice(0, MOST_FILES).flatMap((path): [string, string][] => {
    const content = contentOf(join(dirname(file), path));
    return content === null ? [] : [[path, content]];
  });
  return Object.fromEntries(found);
}

function namedIn(text: string): readonly string[] {
  if (!text.includes('freeze-files')) return [];
  try {
    const plan = naming.safeParse(parse(text));
    return plan.success ? plan.data.calendar['freeze-files'] : [];
  } catch {
    // What is wrong with the plan the server says, with line and column.
    return [];
  }
}

function contentOf(path: string): string | null {
  try {
    return statSync(path).size > MOST_BYTES ? null : readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
