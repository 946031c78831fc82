import { describeRouterConformance } from '@slipway/provider-kit/testing';
import { describe } from 'vitest';
import { nginxBinary, skipped } from '../../../../../scripts/servers/nginx.ts';
import { nginxRouter } from './index.ts';
import { nginxWorld } from './testing/nginx-world.ts';

describe.skipIf(nginxBinary === null)(`an nginx that is installed here${skipped}`, () => {
  // As it comes, nginx takes what is sent in whole before it passes it on.
  const streaming = ['proxy_request_buffering off;', 'proxy_max_temp_file_size 0;'];
  describeRouterConformance(nginxRouter, () => nginxWorld({ location: streaming }));
});
