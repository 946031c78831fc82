import type { LaunchSummary } from '@slipway/contract';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

const options = z.object({ launch: z.string().optional() });

/** The launch that is named, else the only active one. Throws Failure that lists the choices. */
export async function chooseActive(session: Session, api: Api): Promise<string> {
  const { launch } = session.options(options);
  if (launch !== undefined) return launch;
  const active = (await api.launches()).launches.filter(isActive);
  if (active[0] === undefined) throw new Failure('not-found', session.m.failures.noActiveLaunch);
  return only(active, session);
}

/** For verbs that only look: where no launch is active, the newest one that ended. */
export async function chooseAny(session: Session, api: Api): Promise<string> {
  const { launch } = session.options(options);
  if (launch !== undefined) return launch;
  const { launches: all } = await api.launches();
  const active = all.filter(isActive);
  if (active[0] !== undefined) return only(active, session);
  if (all[0] === undefined) throw new Failure('not-found', session.m.failures.noLaunch);
  return all[0].id;
}

/** What commands that are shown need to name the same launch; '' where the user did not name it either. */
export function launchFlag(session: Session): string {
  const { launch } = session.options(options);
  return launch === undefined ? '' : ` --launch ${launch}`;
}

/** The same for a launch that was just started: named where others are active beside it. */
export async function flagAmongOthers(api: Api, id: string): Promise<string> {
  const found = await api.launches().catch(() => null);
  return found?.launches.some((launch) => launch.id !== id && isActive(launch)) === true ? ` --launch ${id}` : '';
}

function only(active: readonly LaunchSummary[], session: Session): string {
  const [first] = active;
  if (first === undefined || active.length > 1) {
    const choices = active
      .map(({ id, headline }) => session.pen().clean(`  ${id}  ${headline}`))
      .map((line) => `  ${line}`);
    throw new Failure('wrong-input', session.m.failures.severalLaunches, choices);
  }
  return first.id;
}

/** Whether it still does something by itself, or watches what has traffic. */
export function isUnderWay(launch: LaunchSummary): boolean {
  return isActive(launch) && launch.state !== 'rollback-incomplete';
}

/** An incomplete way back counts: somebody must still do something. */
function isActive(launch: LaunchSummary): boolean {
  switch (launch.state) {
    case 'running':
    case 'held':
    case 'turning-back':
    case 'rollback-incomplete':
      return true;
    case 'completed':
    case 'scrubbed':
    case 'rolled-back':
      return false;
  }
}
