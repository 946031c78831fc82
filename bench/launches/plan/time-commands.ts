import { RealServer } from '../../../test/e2e/support/real-server.ts';
import type { Circumstances } from '../../part.ts';
import { jsonOf, type Ran, runSlipway } from '../command/run-slipway.ts';
import type { Timed } from '../timed.ts';
import { mustBeWhole, planFolder, STEPS } from './plan-folder.ts';

export interface Around {
  readonly version: Timed;
  readonly lint: Timed;
  readonly plan: Timed;
  readonly others: readonly Timed[];
}

type Command = readonly [label: string, argv: readonly string[], isRight: (ran: Ran) => void];

const VERSION: Command = ['slipway --version', ['--version'], (ran) => jsonOf({ ...ran, out: '{}' })];

function lintOf(file: string, label: string): Command {
  return [
    label,
    ['lint', file, '--json'],
    (ran) => {
      if (!jsonOf<{ readonly ok: boolean }>(ran).ok) throw new Error(`${file} has errors`);
    },
  ];
}

function planOf(file: string, steps: number): Command {
  return [
    `slipway plan, ${steps} ${steps === 1 ? 'step' : 'steps'}`,
    ['plan', file, '--json'],
    (ran) => mustBeWhole(jsonOf(ran), steps),
  ];
}

/** With a server that runs already, which is what "after the start" means; at last once without. */
export async function asProcesses(circumstances: Circumstances): Promise<Around> {
  const [folder, alone] = [
    await planFolder(circumstances.folder, 'with-server'),
    await planFolder(circumstances.folder, 'alone'),
  ];
  const server = new RealServer(folder);
  await server.start();
  try {
    const time = (command: Command, where = folder): Promise<Timed> => timeCommand(command, where, circumstances);
    return {
      version: await time(VERSION),
      lint: await time(lintOf('launch.yaml', `slipway lint, ${STEPS} steps`)),
      plan: await time(planOf('launch.yaml', STEPS)),
      others: [
        await time(lintOf('small.yaml', 'slipway lint, 1 step')),
        await time(planOf('small.yaml', 1)),
        await time(lintOf('launch.yaml', `slipway lint, ${STEPS} steps, no server runs`), alone),
      ],
    };
  } finally {
    await server.stop();
  }
}

async function timeCommand(
  [label, argv, isRight]: Command,
  folder: string,
  { quick, signal, say }: Circumstances,
): Promise<Timed> {
  const rounds = quick ? 1 : 9;
  const milliseconds: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    say(`plan: ${label}, ${round} of ${rounds}`);
    const ran = await runSlipway({ folder, signal }, argv);
    isRight(ran);
    if (round > 0) milliseconds.push(ran.milliseconds);
  }
  return { label, milliseconds };
}
