import type { OpenSide } from './side.ts';

/** Each brings its library only when it is opened: a process has that of its own side and no other. */
interface Known {
  readonly label: string;
  /** Its package; null: Slipway's own. */
  readonly library: string | null;
  readonly open: () => Promise<OpenSide>;
}

export type SideName = 'slipway' | 'flagd' | 'unleash' | 'growthbook' | 'launchdarkly';

export const SIDES: Readonly<Record<SideName, Known>> = {
  slipway: { label: 'Slipway', library: null, open: async () => (await import('./sides/slipway.ts')).openSlipway },
  flagd: {
    label: 'flagd-core',
    library: '@openfeature/flagd-core',
    open: async () => (await import('./sides/flagd.ts')).openFlagd,
  },
  unleash: {
    label: 'unleash-client',
    library: 'unleash-client',
    open: async () => (await import('./sides/unleash.ts')).openUnleash,
  },
  growthbook: {
    label: 'GrowthBook',
    library: '@growthbook/growthbook',
    open: async () => (await import('./sides/growthbook.ts')).openGrowthbook,
  },
  launchdarkly: {
    label: 'LaunchDarkly',
    library: '@launchdarkly/node-server-sdk',
    open: async () => (await import('./sides/launchdarkly.ts')).openLaunchdarkly,
  },
};

export const SIDE_NAMES = Object.keys(SIDES) as readonly SideName[];
