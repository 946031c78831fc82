import { describeRouterConformance } from '@slipway/provider-kit/testing';
import { builtinRouter } from './index.ts';
import { routerWorld } from './testing/router-world.ts';

describeRouterConformance(builtinRouter, () => routerWorld());
