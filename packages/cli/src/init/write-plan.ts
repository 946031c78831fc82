import { environments } from './write-environments.ts';
import { type Kubernetes, type Project, wayOf } from './project.ts';
import { indent, list, scalar } from './yaml.ts';

export interface WrittenPlan {
  readonly text: string;
  /** What was recognised, and what could not be known: one line each. */
  readonly found: readonly string[];
  readonly unknown: readonly string[];
}

/** A plan for the project, with comments that say what is left to fill in. It is valid as it stands. */
export function writePlan(project: Project): WrittenPlan {
  const lines = [...head(project), '', ...environments(project), '', ...phases(project), '', ...announcements()];
  return { text: `${lines.join('\n')}\n`, found: found(project), unknown: unknown(project) };
}

function head(project: Project): string[] {
  const person = project.git?.email ?? 'you@example.com';
  return [
    '# The launch plan of this project. Check it: slipway validate; see what it would do: slipway plan; run it: slipway start',
    '# Lines that say "Fill in" hold what could not be known.',
    `launch: ${scalar(project.name)}`,
    `title: ${scalar(`A new version of ${project.name}`)}`,
    `artifact: { name: ${scalar(project.name)}, version: ${JSON.stringify(project.version ?? '0.1.0')} }${project.version === null ? ' # Fill in: the version, or give it at start with --artifact-version' : ''}`,
    'zone: UTC # Fill in: your time zone, such as Europe/Paris',
    '',
    'people: # Fill in: who holds which role',
    `  release-manager: [${scalar(person)}]`,
    '',
    'channels: # Fill in: where people are told, such as team: { slack: { url: { env: SLACK_WEBHOOK_URL } } }',
    '  team: { console: {} }',
  ];
}

function phases(project: Project): string[] {
  return ['phases:', ...indent([...gate(project), '', ...launchPhases(project)], 2)];
}

/** What the plan language would fill in. */
const TEMPLATE = /\{[{%]/;

function gate(project: Project): string[] {
  const { node, git } = project;
  const runner = node?.packageManager ?? 'npm';
  const steps = [
    ...(git === null
      ? []
      : [
          '- check: The working tree is clean',
          `  git: { clean: true${git.branch === null || TEMPLATE.test(git.branch) ? '' : `, branch: ${scalar(git.branch)}`} }`,
        ]),
    ...(node?.hasTests === true
      ? ['- run: Run the tests', `  command: ${list([runner, 'test'])}`, '  effect: read-only']
      : []),
    ...(node?.hasBuild === true
      ? ['- run: Build', `  command: ${list([runner, 'run', 'build'])}`, '  effect: read-only']
      : []),
    '- signoff: go-no-go',
    '  by: { release-manager: 1 }',
  ];
  return ['- phase: gate', '  steps:', ...indent(steps, 4)];
}

function launchPhases(project: Project): string[] {
  switch (wayOf(project)) {
    case 'process':
      return processPhases();
    case 'vercel':
      return commandPhase('Deploy to Vercel', ['vercel', 'deploy', '--prod'], ['vercel', 'rollback']);
    case 'kubernetes':
      return kubernetesPhase(project.kubernetes);
    case 'unknown':
      return [
        '# Fill in: the commands that deploy this project and that take the deployment back.',
        ...commandPhase('Deploy', ['sh', 'deploy.sh'], ['sh', 'rollback.sh']),
      ];
  }
}

function processPhases(): string[] {
  return [
    '- phase: staging',
    '  steps:',
    '    - deploy: staging',
    '    - check: Staging answers',
    '      http: { url: "http://127.0.0.1:8081/", retries: 3 } # Fill in: a path that says that the app is well',
    '',
    '- phase: production',
    '  steps:',
    '    # The first time, when nothing runs in production yet, put a deploy step here instead.',
    '    - rollout: production',
    '      strategy: canary',
    '      while: ["errors.new <= errors.old + 0.01"] # true while all is well',
    '      min-samples: 100',
    '      steps:',
    '        - { weight: 5, hold: 5m }',
    '        - { weight: 25, hold: 5m }',
    '        - { weight: 100, hold: 10m }',
    '',
    ...announcePhase('production'),
  ];
}

function commandPhase(title: string, command: readonly string[], undo: readonly string[]): string[] {
  return [
    '- phase: production',
    '  steps:',
    `    - run: ${scalar(title)}`,
    `      command: ${list(command)}`,
    '      effect: executive # it changes the world',
    '      timeout: 15m',
    `      undo: { command: ${list(undo)} }`,
    '',
    ...announcePhase(null),
  ];
}

function kubernetesPhase(kubernetes: Kubernetes | null): string[] {
  const folder = kubernetes?.folder ?? 'k8s';
  const [deployment] = kubernetes?.deployments ?? [];
  if (kubernetes?.chart === true) {
    return commandPhase(
      'Upgrade the release',
      ['helm', 'upgrade', '--install', '--wait', 'app', folder],
      ['helm', 'rollback', '--wait', 'app'],
    );
  }
  const name = deployment === undefined ? 'deployment/app' : `deployment/${deployment}`;
  return [
    ...(deployment === undefined ? ['# Fill in: the name of the deployment.'] : []),
    ...commandPhase(
      'Apply the manifests',
      ['kubectl', 'apply', '--filename', folder],
      ['kubectl', 'rollout', 'undo', name],
    ),
  ];
}

function announcePhase(about: string | null): string[] {
  return [
    '- phase: announcement',
    '  steps:',
    '    - announce: "{{ artifact.name }} {{ artifact.version }} is live"',
    ...(about === null ? [] : [`      about: ${about}`]),
    '      to: [team]',
    '      text: It is there for everybody.',
  ];
}

function announcements(): string[] {
  return [
    'announcements:',
    '  - on: rolled-back',
    '    to: [team]',
    '    title: "{{ artifact.name }} {{ artifact.version }} was taken back"',
    '    text: "{{ facts.cause }}"',
    '  - on: held',
    '    to: [team]',
    '    title: "{{ artifact.name }} {{ artifact.version }} is held: a person is needed"',
    '    text: "{{ facts.cause }}"',
  ];
}

function found(project: Project): string[] {
  const { node, kubernetes, git } = project;
  return [
    ...(node === null
      ? []
      : [`a Node app${node.start === null ? '' : `, started by: ${node.start.join(' ')}`} (${node.packageManager})`]),
    ...(project.dockerfile ? ['a Dockerfile'] : []),
    ...(project.vercel ? ['Vercel'] : []),
    ...(kubernetes === null ? [] : [`Kubernetes in ${kubernetes.folder}${kubernetes.chart ? ' (a Helm chart)' : ''}`]),
    ...(git === null ? [] : [`a git repository${git.branch === null ? '' : ` on ${git.branch}`}`]),
  ];
}

function unknown(project: Project): string[] {
  const way = wayOf(project);
  return [
    'who decides: the roles under people',
    'where people are told: the channels',
    ...(project.unreadablePackage ? ['what package.json says: it cannot be read'] : []),
    ...(project.version === null ? ['the version of the artifact'] : []),
    ...(way === 'process' ? ['the path that says that the app is well, and the ports of staging and production'] : []),
    ...(way === 'unknown' ? ['how this project is deployed and taken back'] : []),
    ...(project.dockerfile && way !== 'kubernetes'
      ? ['where the image of the Dockerfile runs: Slipway does not deploy containers yet']
      : []),
  ];
}
