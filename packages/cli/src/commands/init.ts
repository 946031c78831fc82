import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure, reasonOf } from '../failure.ts';
import { findProject } from '../init/find-project.ts';
import { writePlan } from '../init/write-plan.ts';
import type { Session } from '../session.ts';

const options = z.object({ file: z.string().min(1).max(1000), force: z.boolean().default(false) });

export function addInit(cli: Cli): void {
  cli
    .verb('init', 'init', init)
    .option('--file <file>', cli.m.options.file, 'launch.yaml')
    .option('--force', cli.m.options.force);
}

/** Never overwrites a plan that somebody wrote. */
async function init(session: Session): Promise<ExitCode> {
  const { context, m } = session;
  const { file, force } = session.options(options);
  const path = resolve(context.cwd, file);
  if (existsSync(path) && !force) throw new Failure('conflict', m.init.exists(file));
  const project = await findProject(context.cwd);
  const written = writePlan(project);
  try {
    writeFileSync(path, written.text);
  } catch (error) {
    throw new Failure('wrong-input', m.failures.unwritable(file, reasonOf(error)));
  }
  const { found, unknown } = written;
  if (session.json) session.printJson({ file, found, unknown });
  else session.print(tell(session, { file, found, unknown, wantsCommit: project.git !== null }));
  return EXIT.ok;
}

interface Told {
  readonly file: string;
  readonly found: readonly string[];
  readonly unknown: readonly string[];
  /** The plan's first check wants a clean tree, and the plan itself makes it unclean. */
  readonly wantsCommit: boolean;
}

function tell(session: Session, written: Told): string[] {
  const { m } = session;
  const pen = session.pen();
  const bullets = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => pen.hang(`  ${pen.symbols.dot} `, text));
  return [
    ...pen.hang('', m.init.written(written.file), 'bold'),
    ...(written.found.length === 0 ? [] : [m.init.found, ...bullets(written.found)]),
    ...(written.unknown.length === 0 ? [] : [m.init.unknown, ...bullets(written.unknown)]),
    ...pen.hang('', m.init.next(written.file)),
    ...(written.wantsCommit ? pen.hang('', m.init.commit(written.file)) : []),
  ];
}
