import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView, StepView } from '@slipway/contract';
import { type Said, slipway } from './command-line.ts';
import { type Outside, startOutside } from './outside.ts';
import type { RealServer } from './real-server.ts';
import { openShop } from './shop.ts';

export const OLD = '1.0.0';
const NEW = '2.2.0';
export const PERSON = 'rita@shop.example';

/** The example shop in production, with a gauge and a health check that the test sets: what a soak of the next version sees. */
export interface SoakedShop extends AsyncDisposable {
  readonly server: RealServer;
  readonly folder: string;
  /** What the gauge `level` shows from now on, and what the health check answers. */
  setLevel(value: number): void;
  setHealth(value: string): void;
  /** Starts the next version with these keys of its soak, each on a line of its own. */
  soak(...keys: readonly string[]): Promise<LaunchView>;
  /** The `slipway` command, as whom the server runs for. */
  slipway(...argv: readonly string[]): Promise<Said>;
  /** What a channel was told: `pages`, `tickets`, `team`. */
  told(channel: string): string;
}

export async function openSoakedShop(): Promise<SoakedShop> {
  await using stack = new AsyncDisposableStack();
  const outside = stack.use(await startOutside());
  const shop = await openShop({ SLIPWAY_PERSON: PERSON });
  stack.defer(() => shop.close());
  const { folder, server } = shop;
  const { id } = await server.launch(
    `launch: first\n${HEAD}phases: [{ phase: install, steps: [{ deploy: production }] }]\n`,
  );
  await server.until(id, ({ state }) => state === 'completed');
  const setLevel = (value: number): void => outside.answer('/level', { value });
  const setHealth = (value: string): void => outside.answer('/health', { value });
  setLevel(1);
  setHealth('fine');
  const held = stack.move();
  return {
    server,
    folder,
    setLevel,
    setHealth,
    soak: (...keys) => server.launch(planWith(outside, keys), NEW),
    slipway: (...argv) => slipway({ folder, environment: { SLIPWAY_PERSON: PERSON } }, ...argv),
    told: (channel) => {
      const file = join(folder, `${channel}.md`);
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

export const SOAK = 'soak-production';

export const soakOf = ({ phases }: LaunchView): StepView | undefined =>
  phases.flatMap(({ steps }) => steps).find(({ id }) => id === SOAK);

const HEAD = `artifact: { name: shop }
people: { boss: [${PERSON}], operations: [olga@shop.example] }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' } } }
`;

/** A message of each kind goes to a file. */
function planWith({ url }: Outside, keys: readonly string[]): string {
  const lines = keys.map((key) => `        ${key.replaceAll('OUTSIDE', url)}\n`).join('');
  return `launch: next
${HEAD}metrics: { level: { from: http, url: '${url}/level?version={version}', value: $.value, unit: MB } }
channels:
  pages: { file: { path: pages.md } }
  tickets: { file: { path: tickets.md } }
  team: { file: { path: team.md } }
page: { to: [pages], again: 30s }
phases:
  - phase: production
    steps:
      - deploy: production
      - soak: production
        while: ['level.new < 100']
        min-samples: 0
${lines}  - phase: announcement
    steps: [{ announce: Live, to: [team], text: It is live }]
`;
}
