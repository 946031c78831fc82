import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { isUrgent } from './urgent-notice.ts';

/** Milliseconds in which the same words do not go to the same channel again where a plan says nothing. */
const DEDUP = 3_600_000;

/** Whether words that were said a moment ago are not said again; in milliseconds how long, 0: they always are. */
export const dedupOf = ({ plan }: Launch): number => plan.messages?.dedup ?? DEDUP;

/**
 * When the words of a message went to its channel as the last that went there, in epoch ms; null: they are to be said. `words`: a
 * digest of them. Whatever may have gone there since and nobody knows of counts as other words.
 */
export function saidAlready(launch: Launch, id: string, words: string): number | null {
  const notice = own(launch.notices, id);
  const within = dedupOf(launch);
  if (notice === undefined || within === 0 || isUrgent(launch, notice)) return null;
  const last = lastTold(launch, notice);
  if (last === null || last.words !== words) return null;
  const since = dueAt(notice) - last.at;
  return since >= 0 && since < within ? last.at : null;
}

interface Told {
  /** Epoch ms at which there was reason to say it. */
  readonly at: number;
  /** null: nobody knows. */
  readonly words: string | null;
  readonly seq: number;
}

/** By the time at which it was due, and not at which it left: or a cadence of an hour would fall silent now and then. */
const dueAt = ({ queuedAt, until = 0 }: Notice): number => Math.max(queuedAt, until);

const BEYOND = Number.MAX_SAFE_INTEGER;

function lastTold(launch: Launch, { id, channel }: Notice): Told | null {
  let last: Told | null = null;
  for (const other of Object.values(launch.notices)) {
    if (other.channel !== channel || other.id === id) continue;
    const told = toldOf(launch, other);
    if (told !== null && (last === null || told.seq >= last.seq)) last = told;
  }
  return last;
}

/** null: it did not go to the channel. */
function toldOf({ effects }: Launch, notice: Notice): Told | null {
  const state = own(effects, notice.id);
  if (state === undefined || state.is === 'retrying') return null;
  const at = dueAt(notice);
  if (state.is === 'started') return { at, words: null, seq: BEYOND };
  const { outcome, seq } = state;
  switch (outcome.result) {
    case 'done':
      if (outcome.data.kind !== 'told') return { at, words: null, seq };
      return outcome.data.already === undefined ? { at, words: outcome.data.words, seq } : null;
    case 'unknown':
      return { at, words: null, seq };
    case 'failed':
    case 'cancelled':
    case 'deadlock':
      return null;
  }
}
