import type { Mirroring } from '../model/step.ts';
import type { AuthoredOf } from '../parse/draft.ts';

/** Copies of these change nothing. */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const USUAL_METHODS = ['GET', 'HEAD'];

/** Where the plan does not say what may differ, nothing may. */
export function mirroring({ mirror }: Pick<AuthoredOf<'rollout'>['step'], 'mirror'>): Mirroring {
  const { methods = USUAL_METHODS, compare } = mirror ?? {};
  return { methods: [...new Set(methods)], compare: { body: projection(compare?.body ?? {}) } };
}

type Body = NonNullable<NonNullable<NonNullable<AuthoredOf<'rollout'>['step']['mirror']>['compare']>['body']>;

function projection(body: Body): Mirroring['compare']['body'] {
  return body === 'none' ? null : { only: body.only ?? [], ignore: body.ignore ?? [] };
}
