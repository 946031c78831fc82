import { describeTargetConformance } from '@slipway/provider-kit/testing';
import { processTarget } from './index.ts';
import { createWorld } from './testing/world.ts';

describeTargetConformance(processTarget, createWorld);
