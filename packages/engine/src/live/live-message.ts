import type { ComparedEvidence, ComparedMetric, ComparedTimes, ShareBand } from '@slipway/core';
import { isBroadcastable } from '../ports/changes.ts';
import type { LiveLook, LiveMetric, LiveMirror } from './live-look.ts';
import type { LiveState } from './live-state.ts';

/** What one process knows of a launch at this moment, in words for the others. */
export interface LiveMessage {
  /** Of the process. */
  readonly from: string;
  readonly launch: string;
  readonly state: LiveState;
}

/** Characters that texts keep where the whole is too long. */
const SHORT = 200;

/** As long as may be sent: longer texts are cut, then the look or the sayings stay behind, rather than half of the figures. */
export function encodeLive({ from, launch, state }: LiveMessage): string {
  const short = shortened(state);
  const candidates = [state, short, { ...short, activity: {} }, { ...short, look: null }, { look: null, activity: {} }];
  const texts = candidates.map(({ look, activity }) => JSON.stringify({ from, launch, look, activity }));
  return texts.find(isBroadcastable) ?? '';
}

function shortened({ look, activity }: LiveState): LiveState {
  const sayings = Object.entries(activity).map(([id, { step, text }]) => [id, { step, text: cut(text) }] as const);
  return {
    look: look === null ? null : shortLook(look),
    activity: Object.fromEntries(sayings),
  };
}

function shortLook({ sentences: _sentences, ...look }: LiveLook): LiveLook {
  return { ...look, sentence: cut(look.sentence) };
}

function cut(text: string): string {
  return text.length <= SHORT ? text : `${text.slice(0, SHORT)}…`;
}

/** Whether encodeLive made it for this process: that is looked at without reading it, for it comes back as often as it was said. */
export function isLiveFrom(process: string, text: string): boolean {
  return text.startsWith(`{"from":${JSON.stringify(process)},`);
}

/** null: not one of ours, or of a version that speaks otherwise. */
export function decodeLive(text: string): LiveMessage | null {
  const message = parsed(text);
  if (!isRecord(message)) return null;
  const { from, launch, look, activity } = message;
  if (typeof from !== 'string' || typeof launch !== 'string' || !isActivity(activity)) return null;
  if (look !== null && !isLook(look)) return null;
  return { from, launch, state: { look: look === null ? null : known(look), activity } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isActivity(value: unknown): value is LiveState['activity'] {
  return isRecord(value) && Object.values(value).every(isSaying);
}

function isSaying(value: unknown): boolean {
  return isRecord(value) && isTextOrNull(value['step']) && typeof value['text'] === 'string';
}

const STANDINGS: readonly unknown[] = [
  'healthy',
  'too-early',
  'no-data',
  'suspect',
  'failing',
] satisfies LiveLook['standing'][];
const UNITS: readonly unknown[] = ['ratio', 'milliseconds'] satisfies LiveMetric['unit'][];
const isUnit = (value: unknown): boolean =>
  UNITS.includes(value) || (isRecord(value) && typeof value['gauge'] === 'string');

function isLook(value: unknown): value is LiveLook {
  if (!isRecord(value) || !Array.isArray(value['metrics'])) return false;
  const texts = ['step', 'environment', 'sentence'].every((key) => typeof value[key] === 'string');
  const figures = ['at', 'elapsed', 'hold', 'minSamples'].every((key) => typeof value[key] === 'number');
  const open = ['samples', 'exposure', 'firstBadAt'].every((key) => isFigureOrNull(value[key]));
  const mirror = value['mirror'] === undefined || isMirror(value['mirror']);
  const compared = value['compared'] === undefined || isCompared(value['compared']);
  const sentences = value['sentences'] === undefined || isBilingual(value['sentences']);
  return (
    mirror &&
    compared &&
    sentences &&
    texts &&
    figures &&
    open &&
    STANDINGS.includes(value['standing']) &&
    value['metrics'].every(isMetric)
  );
}

/** Without what a newer version says besides: clients would not understand it. */
function known(look: LiveLook): LiveLook {
  const { step, environment, at, elapsed, hold, standing, sentence, samples, minSamples, exposure, firstBadAt } = look;
  const metrics = look.metrics.map(({ name, unit, new: fresh, old }) => ({
    name,
    unit: knownUnit(unit),
    new: fresh,
    old,
  }));
  const figures = { at, elapsed, hold, samples, minSamples, exposure, firstBadAt };
  const mirror = look.mirror === undefined ? {} : { mirror: countsOf(look.mirror) };
  const compared = look.compared === undefined ? {} : { compared: comparedOf(look.compared) };
  const sentences = look.sentences === undefined ? {} : { sentences: { en: look.sentences.en, fr: look.sentences.fr } };
  return { step, environment, standing, sentence, metrics, ...figures, ...mirror, ...compared, ...sentences };
}

function comparedOf({ harm, threshold, harmless, looks, metrics }: ComparedEvidence): ComparedEvidence {
  const each = ({ metric, harm: own, harmless: reverse, part, ...shares }: ComparedMetric): ComparedMetric => {
    const bands = { new: bandOf(shares.new), old: bandOf(shares.old), times: timesOf(shares.times ?? null) };
    return { metric, harm: own, harmless: reverse, part, ...bands };
  };
  return { harm, threshold, harmless, looks, metrics: metrics.map(each) };
}

function timesOf(times: ComparedTimes | null): ComparedTimes | null {
  if (times === null) return null;
  const { estimate, confidence } = times;
  if (times.is === 'moved') return { is: 'moved', estimate, confidence };
  return { is: 'between', low: times.low, high: times.high, estimate, confidence };
}

const bandOf = (band: ShareBand | null): ShareBand | null => band && { low: band.low, high: band.high };

function isCompared(value: unknown): value is ComparedEvidence {
  if (!isRecord(value) || !Array.isArray(value['metrics'])) return false;
  return areFigures(value, ['harm', 'threshold', 'harmless', 'looks']) && value['metrics'].every(isComparedMetric);
}

function isComparedMetric(value: unknown): boolean {
  if (!isRecord(value) || typeof value['metric'] !== 'string') return false;
  const bands = isBand(value['new']) && isBand(value['old']) && isTimes(value['times'] ?? null);
  return bands && areFigures(value, ['harm', 'harmless', 'part']);
}

function isTimes(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value) || !areFigures(value, ['confidence']) || !isFigureOrNull(value['estimate'])) return false;
  const isBetween = value['is'] === 'between' && isFigureOrNull(value['low']) && isFigureOrNull(value['high']);
  return value['is'] === 'moved' || isBetween;
}

function isBand(value: unknown): boolean {
  return value === null || (isRecord(value) && areFigures(value, ['low', 'high']));
}

function areFigures(value: Fields, keys: readonly string[]): boolean {
  return keys.every((key) => typeof value[key] === 'number');
}

function isBilingual(value: unknown): boolean {
  return isRecord(value) && ['en', 'fr'].every((key) => typeof value[key] === 'string');
}

const knownUnit = (unit: LiveMetric['unit']): LiveMetric['unit'] =>
  typeof unit === 'string' ? unit : { gauge: unit.gauge };

const countsOf = ({ compared, different }: LiveMirror): LiveMirror => ({ compared, different });

function isMirror(value: unknown): value is LiveMirror {
  return isRecord(value) && ['compared', 'different'].every((key) => typeof value[key] === 'number');
}

function isMetric(value: unknown): boolean {
  if (!isRecord(value) || typeof value['name'] !== 'string' || !isUnit(value['unit'])) return false;
  return isFigureOrNull(value['new']) && isFigureOrNull(value['old']);
}

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isFigureOrNull = (value: unknown): boolean => value === null || typeof value === 'number';
