// Runs everything that has to hold before a change goes in; where a static part does not, no test is run:
//   npm test              all parts
//   npm test -- unit      one part (or several)
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureServers } from './servers/ensure.ts';
import { readAudit } from './test/audit.ts';
import { runCommand, stopCommands } from './test/command.ts';
import { add, closingLine, countTests, nothing, type Counts, type VitestReport } from './test/counts.ts';

/** Cheap, and independent of each other: they run side by side. */
const STATIC: Record<string, [command: string, ...args: string[]]> = {
  format: ['oxfmt', '--check'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  types: ['tsc', '--noEmit'],
  unused: ['knip', '--no-config-hints'],
};
/** Asks the registry what is known against the dependencies. */
const AUDIT = 'audit';
/**
 * The projects of vitest.config.ts, stage after stage, those of a stage side by side. The first fills the processor by itself; of the
 * second one mostly waits for the servers that it starts. All at a time would have tests wait longer than they are allowed to.
 */
const STAGES = [['unit'], ['simulation', 'e2e']];

// The part that runs then ends as a failure, and the run closes in the usual way.
process.on('SIGINT', stopCommands);
process.on('SIGTERM', stopCommands);
process.exitCode = await main(process.argv.slice(2));

async function main(parts: string[]): Promise<0 | 1> {
  const known = [...Object.keys(STATIC), AUDIT, ...STAGES.flat()];
  const unknown = parts.filter((part) => !known.includes(part));
  if (unknown.length > 0) {
    console.error(`No such part: ${unknown.join(', ')}. The parts are ${known.join(', ')}.`);
    return 1;
  }
  const chosen = (part: string) => parts.length === 0 || parts.includes(part);

  const audited = chosen(AUDIT) ? runAudit() : nothing;
  let counts = add(await runStatic(Object.keys(STATIC).filter(chosen)), await audited);
  const stages = STAGES.map((projects) => projects.filter(chosen)).filter((projects) => projects.length > 0);
  const missing = stages.length > 0 ? ensureServers() : [];
  if (missing.length > 0)
    console.log(`Their tests are skipped, for they are not installed: apt-get install ${missing.join(' ')}`);
  if (counts.failed === 0) {
    for (const projects of stages) {
      // Of the first only what it says is shown at once: two that speak at a time nobody can read.
      const ends = await Promise.all(projects.map((project, index) => runProject(project, index === 0)));
      counts = ends.reduce(add, counts);
    }
  }
  for (const failure of counts.failures) console.log(`\nFAILED ${failure}`);
  console.log(`\n${closingLine(counts)}`);
  return counts.failed > 0 ? 1 : 0;
}

/** Static parts have no tests to count; one that fails counts as a failure, so that the closing line cannot look green. */
async function runStatic(parts: string[]): Promise<Counts> {
  const failures = await Promise.all(
    parts.map(async (part) => {
      const [command, ...args] = STATIC[part]!;
      const { code, output, seconds } = await runCommand(command, args, false);
      heading(part, code === 0 ? 'ok' : 'FAILED', seconds);
      if (code !== 0) console.log(output);
      return code === 0 ? 0 : 1;
    }),
  );
  return { ...nothing, failed: failures.reduce<number>((sum, failure) => sum + failure, 0) };
}

async function runAudit(): Promise<Counts> {
  const { output, seconds } = await runCommand('npm', ['audit', '--json', '--loglevel=silent'], false);
  const { state, text } = readAudit(output);
  heading(AUDIT, state === 'clean' ? 'ok' : state.toUpperCase(), seconds);
  if (text !== '') console.log(text);
  return { ...nothing, failed: state === 'vulnerable' ? 1 : 0 };
}

async function runProject(project: string, live: boolean): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  try {
    const file = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    console.log(live ? `\n== ${project}` : `\n== ${project}: runs meanwhile, and is shown when it has ended`);
    const args = ['run', '--project', project, '--passWithNoTests', ...reporters];
    const { code, output, seconds } = await runCommand('vitest', args, live);
    if (output !== '') console.log(`\n${output}`);
    const report = await readReport(file);
    if (code === 0 && report?.testResults.length === 0) {
      heading(project, 'skipped: no test files yet', seconds);
      return nothing;
    }
    heading(project, code === 0 ? 'ok' : 'FAILED', seconds);
    return countTests(report, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The report of a run that died before it wrote one is undefined. */
async function readReport(file: string): Promise<VitestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
}

function heading(part: string, outcome: string, seconds: number): void {
  console.log(`== ${part}: ${outcome} (${seconds.toFixed(1)} s)`);
}
