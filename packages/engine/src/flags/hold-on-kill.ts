import { type Actor, type Launch, SLIPWAY } from '@slipway/core';
import type { Step } from '@slipway/plan';
import type { Engine } from '../engine.ts';
import type { Clock } from '../ports/clock.ts';
import { killedBy } from '../handlers/flags/flag-taken.ts';
import { placeOf } from '../providers/provider-access.ts';
import type { Flags, ServedSet } from './flags.ts';

export interface HoldOnKillPorts {
  readonly flags: Pick<Flags, 'listen' | 'sets'>;
  readonly launches: Pick<Engine, 'listActive' | 'find' | 'command'>;
  readonly clock: Clock;
  readonly onError: (error: unknown, launch: string | null) => void;
}

/** A person's kill. */
interface KilledFlag {
  readonly set: string;
  readonly flag: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

/** Milliseconds. A kill that is older has been dealt with by whoever was there: nobody's resumption is undone by a restart. */
const RECENT = 300_000;

/**
 * Holds launches that have given a flag to everybody when a person kills it: what they are about to do and to tell rests on the flag.
 * One that is still at the step notices by itself. Every server does so; the second finds the launch held. Returns the way to stop.
 */
export function holdOnKill(ports: HoldOnKillPorts): () => void {
  const seen = new Set<string>();
  const isNew = (kill: KilledFlag): boolean => {
    const name = JSON.stringify([kill.set, kill.flag, kill.at]);
    if (seen.has(name)) return false;
    seen.add(name);
    return kill.at > ports.clock.now() - RECENT;
  };
  const look = (served: ServedSet): void => {
    for (const kill of killsOf(served).filter(isNew)) void holdAll(ports, kill);
  };
  ports.flags.sets().forEach(look);
  return ports.flags.listen(look);
}

function killsOf({ set, state }: ServedSet): readonly KilledFlag[] {
  return [...state.flags.values()].flatMap(({ key: flag, kill }) =>
    kill === null || kill.launch !== null ? [] : [{ set, flag, reason: kill.reason, by: kill.by, at: kill.at }],
  );
}

async function holdAll(ports: HoldOnKillPorts, kill: KilledFlag): Promise<void> {
  const { launches, onError } = ports;
  try {
    for (const { id } of await launches.listActive()) {
      const launch = await launches.find(id);
      if (launch !== null && restsOn(launch, kill))
        await holdOne(launches, id, kill).catch((error: unknown) => onError(error, id));
    }
  } catch (error) {
    onError(error, null);
  }
}

/** A refusal is as good: it is held by a person already, or it has turned back or ended meanwhile. */
async function holdOne(
  launches: HoldOnKillPorts['launches'],
  id: string,
  { flag, reason, by }: KilledFlag,
): Promise<void> {
  // A kill that was scheduled is nobody's by now.
  const actor: Actor = by === SLIPWAY.kind ? SLIPWAY : { kind: 'person', id: by };
  await launches.command(id, { type: 'hold', reason: killedBy(flag, { by, reason }).en }, actor);
}

/** It has ramped the flag before the kill, and goes on from there. */
function restsOn(launch: Launch, kill: KilledFlag): boolean {
  if (launch.mode.is !== 'running' && launch.mode.is !== 'held') return false;
  const states = Object.values(launch.plan.steps).flatMap((step) =>
    rampsIt(launch, step, kill) ? (launch.steps[step.id] ?? []) : [],
  );
  // A step that is at it notices by itself, and what comes of that is the plan's to say.
  return (
    !states.some(({ is }) => is === 'active') && states.some((state) => state.is === 'passed' && state.at <= kill.at)
  );
}

function rampsIt(launch: Launch, step: Step, { set, flag }: KilledFlag): boolean {
  if (step.kind !== 'rollout' || step.strategy !== 'flag' || step.flag !== flag) return false;
  return placeOf(launch, step.environment) === set;
}
