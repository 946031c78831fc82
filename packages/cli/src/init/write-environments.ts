import { type Project, wayOf } from './project.ts';
import { list } from './yaml.ts';

/** Where versions run, for a project that Slipway can run itself; for others their own commands know. */
export function environments(project: Project): string[] {
  if (wayOf(project) !== 'process') return ['# No environments: the commands below know where they deploy to.'];
  const start = list(project.node?.start ?? []);
  return [
    'environments:',
    ...environment('staging', { start, port: 8081, instances: 1 }),
    ...environment('production', { start, port: 8080, instances: 3 }),
    '',
    'metrics: # counted by the router',
    '  errors: { from: router, ratio: server-errors } # share of requests answered 5xx, or not at all',
    '  latency: { from: router, quantile: 0.95 } # milliseconds',
  ];
}

interface Place {
  readonly start: string;
  readonly port: number;
  readonly instances: number;
}

function environment(name: 'staging' | 'production', { start, port, instances }: Place): string[] {
  return [
    `  ${name}:`,
    `    tier: ${name}`,
    '    target:',
    '      process:',
    `        command: ${start} # it must listen on the port in $PORT`,
    `        instances: ${instances}`,
    '        ready: { path: / } # Fill in: a path that answers 200 when the app is ready',
    `    router: { builtin: { listen: ${port} } }`,
  ];
}
