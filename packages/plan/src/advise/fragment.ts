import { type FragmentOf, quoted } from './fragment-of.ts';
import { productionPhase } from './fragment-production.ts';
import type { Situation } from './situation.ts';

/** What one process target runs at most. */
const MOST_INSTANCES = 50;
/** Requests per second from which the shares fit into one day. */
const LEAST_TRAFFIC = 10;

/** A plan to begin with, as YAML: valid as it stands, with comments where something is to be filled in. */
export function writeFragment(of: FragmentOf): string {
  const lines = [...head(of), ...environments(of), ...metrics(of), ...channels(), 'phases:', ...gate(of)];
  return `${[...lines, ...staging(of), ...decision(), ...productionPhase(of), ...telling(of)].join('\n')}\n`;
}

function head(of: FragmentOf): string[] {
  const { words } = of;
  return [
    `launch: shop # ${words.fillIn}`,
    `title: ${quoted(words.title)}`,
    `artifact: { name: shop, version: 1.0.0 } # ${words.fillIn}`,
    `zone: Europe/Paris # ${words.fillIn}`,
    'people:',
    `  release-manager: [rm@example.com] # ${words.fillIn}`,
    `  tech-lead: [tech@example.com] # ${words.fillIn}`,
    ...calendar(of),
  ];
}

/** Where the shares are held for days, no window of a day is long enough. */
function calendar({ strategy, situation, words }: FragmentOf): string[] {
  if (strategy === 'flag' || situation.traffic < LEAST_TRAFFIC) return [];
  return [
    'calendar:',
    '  windows: [{ days: [tue, wed, thu], from: "10:00", to: "16:00" }]',
    `  holidays: [FR] # ${words.fillIn}`,
  ];
}

/** Rollouts by flag move no version; one at once needs nothing that splits traffic. */
function environments(of: FragmentOf): string[] {
  const { strategy, situation } = of;
  if (strategy === 'flag') return ['environments:', '  production: { tier: production }', ...pilots(situation)];
  const perMinute = Math.min(60_000_000, Math.max(1, Math.round(situation.traffic * 60)));
  const traffic = strategy === 'deploy' ? [] : [`    traffic: ${perMinute}/min`];
  return [
    'environments:',
    ...place(of, 'staging', { port: 8081, instances: 1 }),
    ...place(of, 'production', { port: 8080, instances: Math.min(MOST_INSTANCES, situation.instances) }),
    ...traffic,
  ];
}

const pilots = ({ audience }: Situation): string[] =>
  audience === 'b2b' ? ['segments:', '  pilots: { account: [acme, globex] }'] : [];

interface Serving {
  readonly port: number;
  readonly instances: number;
}

function place(
  { strategy, words }: FragmentOf,
  name: 'staging' | 'production',
  { port, instances }: Serving,
): string[] {
  return [
    `  ${name}:`,
    `    tier: ${name}`,
    `    target: { process: { command: [node, server.js], instances: ${instances}, ready: { path: / } } } # ${words.fillIn}`,
    ...(strategy === 'deploy' ? [] : [`    router: { builtin: { listen: ${port} } }`]),
  ];
}

function metrics({ strategy, words }: FragmentOf): string[] {
  if (strategy === 'deploy') return [];
  if (strategy === 'flag')
    return ['metrics:', `  errors: { from: flag, flag: new-feature, outcome: done } # ${words.fillIn}`];
  return [
    'metrics:',
    '  errors: { from: router, ratio: server-errors }',
    '  latency: { from: router, quantile: 0.95 }',
  ];
}

const channels = (): string[] => ['channels:', '  team: { console: {} }', 'page: { to: [team] }'];

function gate({ words }: FragmentOf): string[] {
  return ['  - phase: gate', '    steps:', `      - check: ${quoted(words.clean)}`, '        git: { clean: true }'];
}

function staging({ strategy, words }: FragmentOf): string[] {
  const soak = [
    '      - soak: staging',
    '        for: 1h',
    '        while: ["errors.new < 0.01", "latency.new < 800"]',
  ];
  return [
    '  - phase: staging',
    '    steps:',
    ...(strategy === 'flag' ? [] : ['      - deploy: staging']),
    ...(strategy === 'flag' || strategy === 'deploy' ? [] : soak),
    `      - task: ${quoted(words.rehearse)}`,
    '        id: rehearse-the-way-back',
    '        owner: tech-lead',
  ];
}

const decision = (): string[] => [
  '  - phase: decision',
  '    steps:',
  '      - signoff: go-no-go',
  '        by: { release-manager: 1, tech-lead: 1 }',
];

function telling({ words }: FragmentOf): string[] {
  return [
    '  - phase: announce',
    '    steps:',
    `      - announce: ${quoted(words.live)}`,
    '        id: announce-live',
    '        about: production',
    '        to: [team]',
    `        text: ${quoted(words.there)}`,
    'announcements:',
    `  - { on: rolled-back, to: [team], title: ${quoted(words.back)}, text: "{{ facts.cause }}" }`,
  ];
}
