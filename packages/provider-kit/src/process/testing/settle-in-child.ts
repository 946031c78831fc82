import { createCommandRunner } from '../local-command-runner.ts';

/** A process that carries a mark itself and asks for what carries it. */
const [variable = '', value = ''] = process.argv.slice(2);
const { kind } = await createCommandRunner().settled({ variable, value }, new AbortController().signal);
process.stdout.write(kind);
