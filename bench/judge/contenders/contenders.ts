import { REFERENCE_DESIGN } from '@slipway/judge';
import type { Scene } from '../streams/arms.ts';
import { argoRollouts } from './argo.ts';
import type { Contender } from './contender.ts';
import { flagger } from './flagger.ts';
import { kayenta } from './kayenta.ts';
import { msprt } from './msprt.ts';
import { oracle } from './oracle.ts';
import { pooledZ } from './pooled-z.ts';
import { slipway, STRICT, TOLERANT } from './slipway.ts';

/** The judge whose figures this bench is about. */
export const SLIPWAY = 'Slipway';
/** What no judge can be faster than on average. */
export const ORACLE = 'oracle';
export const KAYENTA = ['Kayenta from minute 3', 'Kayenta from minute 10', 'Kayenta once, minute 50'] as const;
export const FLAGGER = 'Flagger';
export const ARGO = 'Argo Rollouts';

/** Every judge by its name, fresh for a launch. The scene is for the oracle alone. */
export const CONTENDERS: Readonly<Record<string, (scene: Scene) => Contender>> = {
  [SLIPWAY]: () => slipway({ margin: STRICT, dispersion: 1 }),
  'Slipway, margin': () => slipway({ margin: TOLERANT, dispersion: 1 }),
  'Slipway, reference design': () => slipway({ margin: STRICT, dispersion: 1, design: REFERENCE_DESIGN }),
  [KAYENTA[0]]: () => kayenta((minute) => minute >= 3),
  [KAYENTA[1]]: () => kayenta((minute) => minute >= 10),
  [KAYENTA[2]]: () => kayenta((minute) => minute === 50),
  [FLAGGER]: flagger,
  [ARGO]: argoRollouts,
  'z every minute': pooledZ,
  mSPRT: msprt,
  [ORACLE]: oracle,
};

/** Of judges that may be wrong: the oracle is told the truth. */
export const JUDGES: readonly string[] = Object.keys(CONTENDERS).filter((name) => name !== ORACLE);
