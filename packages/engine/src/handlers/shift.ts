import type { Mirror, ShiftWork } from '@slipway/core';
import {
  RetryableError,
  type RouterProvider,
  type Split,
  type TargetProvider,
  TerminalError,
} from '@slipway/provider-kit';
import type { PlaceUse, ProviderAccess } from '../providers/provider-access.ts';
import { done, type EffectContext, type Handlers, runAgain } from './handler.ts';
import { instancesOf, readyAddresses } from './ready-instances.ts';
import { describeWeights, setSplit } from './set-split.ts';

export function shiftHandler(access: ProviderAccess): Handlers['shift'] {
  return {
    run: async (work, context) => {
      const { environment, mirror } = work;
      const router = await access.router(environment, context);
      if (router === null) throw new TerminalError(`${environment} has no router to shift traffic with`);
      if (mirror !== undefined) refuseUnmirrored(router.provider);
      const after = await setSplit(router, await splitFor(access, work, context), context);
      const copies = mirror === undefined ? '' : `; ${describeMirror(mirror)}`;
      return done(`${environment}: ${describeWeights(after.weights)}${copies}`);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

/** It would take the split and copy nothing. */
function refuseUnmirrored({ name, mirrors }: RouterProvider): void {
  if (mirrors !== true) throw new TerminalError(`the router ${name} copies no requests: choose another strategy`);
}

/** Only instances that answer as ready now get traffic, or copies of it. */
export async function splitFor(
  access: ProviderAccess,
  { environment, weights, mirror }: ShiftWork,
  context: EffectContext,
): Promise<Omit<Split, 'revision'>> {
  if (Object.keys(weights).length === 0) return { backends: {} };
  const ready = await readyIn(await access.target(environment, null, context), environment);
  const backends = Object.fromEntries(
    Object.entries(weights).map(([version, weight]) => [version, { weight, addresses: ready(version) }]),
  );
  return mirror === undefined ? { backends } : { backends, mirror: { ...mirror, addresses: ready(mirror.version) } };
}

/** Addresses of a version's ready instances; throws RetryableError where there is none. */
async function readyIn({ provider, config, place, context }: PlaceUse<TargetProvider>, environment: string) {
  const state = await provider.inspect(config, place, context);
  return (version: string): readonly string[] => {
    const addresses = readyAddresses(instancesOf(state, version));
    if (addresses.length === 0)
      throw new RetryableError(`no instance of ${version} is ready in ${environment}: it gets no traffic`);
    return addresses;
  };
}

function describeMirror({ share, methods, version }: Mirror): string {
  return `copies of ${share} % of ${methods.join(', ')} to ${version}`;
}
