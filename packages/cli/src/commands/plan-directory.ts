import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

const options = z.object({ directory: z.string().min(1).max(4000).optional() });

/** The folder of a plan's file as the server sees it. Throws Failure where it lies outside what the server may read. */
export function planDirectory(session: Session, file: string, workspace: string): string {
  const { directory } = session.options(options);
  if (directory !== undefined) return directory;
  const folder = dirname(resolve(session.context.cwd, file));
  const path = relative(workspace, folder);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path))
    throw new Failure('wrong-input', session.m.failures.planOutside(workspace));
  return path === '' ? '.' : path.replaceAll(sep, '/');
}
