import { describe } from 'vitest';
import type { Capability } from '../../context.ts';
import type { RouterProvider } from '../../router.ts';
import { itHasAProperSchema } from './provider-schema.ts';
import { changeCases } from './router/change-cases.ts';
import { countCases } from './router/count-cases.ts';
import { instanceCases, noInstanceCases } from './router/instance-cases.ts';
import { mirrorCases, noMirrorCases } from './router/mirror-cases.ts';
import { splitCases } from './router/split-cases.ts';
import type { RouterWorld } from './router/stage.ts';
import { stageOf } from './router/stage.ts';
import { streamingCases } from './router/streaming-cases.ts';
import { survivalCases } from './router/survival-cases.ts';
import { noVisitorCases, visitorCases } from './router/visitor-cases.ts';
import { webSocketCases } from './router/web-socket-cases.ts';

/** What every router keeps to, seen from its clients and from the versions behind it. `setUp` is called once a test. */
export function describeRouterConformance<Config, Needs extends Capability>(
  provider: RouterProvider<Config, Needs>,
  setUp: () => Promise<RouterWorld>,
): void {
  const withStage = stageOf(provider, setUp);
  describe(`router ${provider.name} conforms`, { timeout: 180_000 }, () => {
    itHasAProperSchema(provider);
    splitCases(withStage);
    streamingCases(withStage);
    webSocketCases(withStage);
    changeCases(withStage);
    countCases(withStage);
    survivalCases(withStage);
    if (provider.tellsVisitors === true) visitorCases(withStage);
    else noVisitorCases(withStage);
    if (provider.tellsInstances === true) instanceCases(withStage);
    else noInstanceCases(withStage);
    if (provider.mirrors === true) mirrorCases(withStage);
    else noMirrorCases(withStage);
  });
}
