import { describeRouterConformance } from '@slipway/provider-kit/testing';
import { describe } from 'vitest';
import { haproxyRouter } from './index.ts';
import { haproxyBinary, skipped } from '../../../../../scripts/servers/haproxy.ts';
import { haproxyWorld } from './testing/haproxy-world.ts';

describe.skipIf(haproxyBinary === null)(`a HAProxy that is installed here${skipped}`, () => {
  describeRouterConformance(haproxyRouter, () => haproxyWorld());
});
