import { type Effect, findEffect, type Launch, SLIPWAY } from '@slipway/core';
import type { Redactor } from '@slipway/provider-kit';
import type { EffectContext } from '../handlers/handler.ts';
import type { Launches } from '../launches/launches.ts';
import type { Hub } from '../live/hub.ts';
import { redactedLook, redactedNote } from './redacted.ts';
import type { Stop } from './running.ts';

interface Ports {
  readonly launches: Launches;
  readonly hub: Hub;
  readonly redactor: Redactor;
  readonly onError: (error: unknown, what: string) => void;
}

interface At {
  readonly launch: Launch;
  readonly effect: Effect;
  readonly attempt: number;
}

/** Characters that a screen is given of what long work says of itself. */
const LONGEST_SAYING = 4_000;

/** What an attempt may know and say. Nothing leaves it unredacted. */
export function effectContext(ports: Ports, { launch, effect, attempt }: At, stop: Stop): EffectContext {
  const { hub, launches, redactor, onError } = ports;
  const state = launch.effects[effect.id];
  return {
    launch,
    effect,
    newest: () => {
      const known = launches.known(launch.id);
      return known === null || known === undefined ? null : findEffect(known, effect.id);
    },
    attempt,
    signal: stop.signal,
    note: state === undefined || state.is === 'settled' ? null : state.note,
    noteDown: async (note, record) => {
      if (stop.reason() === 'lost') return false;
      const clean = redactedNote(redactor, note);
      const kept = record === undefined ? {} : { record: redactedNote(redactor, record) };
      const command = { type: 'note-effect', effect: effect.id, attempt, note: clean, ...kept } as const;
      try {
        return (await launches.execute({ launch: launch.id, command, actor: SLIPWAY })).ok;
      } catch (error) {
        onError(error, 'a note is not recorded');
        return false;
      }
    },
    pull: async (trigger, found) => {
      if (stop.reason() === 'lost') return false;
      const command = { type: 'pull-trigger', effect: effect.id, attempt, trigger, found } as const;
      try {
        const pulled = await launches.execute({ launch: launch.id, command, actor: SLIPWAY });
        return pulled.ok || pulled.rejection.code === 'not-now';
      } catch (error) {
        onError(error, 'a trigger is true, and that cannot be recorded yet; it is tried again');
        return false;
      }
    },
    // What a provider says after its end, or that of its claim, would bring the screen of an ended launch back to life.
    say: (text) => {
      if (!stop.isOver()) hub.say(launch.id, effect, redactor.redact(text).slice(0, LONGEST_SAYING));
    },
    look: (look) => {
      if (!stop.isOver()) hub.look(launch.id, redactedLook(redactor, look));
    },
  };
}
