/** `step:move.round`. A step's id has neither colon nor dot, so the parts can be read back. */
export function effectId(step: string, move: number, round: number): string {
  return `${step}:${move}.${round}`;
}

/** The tilde keeps it apart from steps: no step's id has one. */
export function undoId(item: number, round: number): string {
  return `~undo:${item}.${round}`;
}

interface SoakCheck {
  readonly step: string;
  readonly round: number;
  /** 1, 2, 3, …: which time it fell due. */
  readonly tick: number;
  /** Of the check. */
  readonly index: number;
}

export function soakCheckId({ step, round, tick, index }: SoakCheck): string {
  return `~soak:${step}.${round}.${tick}.${index}`;
}

/** `seq` is the event that says that the trigger is true. */
export function triggerEffectId(step: string, seq: number): string {
  return `~trigger:${step}.${seq}`;
}

/** What an effect's id says of it. */
export type EffectPlace =
  | { readonly of: 'trigger'; readonly step: string }
  | { readonly of: 'soak'; readonly step: string; readonly round: number; readonly tick: number }
  | { readonly of: 'step'; readonly step: string; readonly move: number }
  | { readonly of: 'way-back'; readonly item: number }
  | { readonly of: 'notice' };

/** Reads an id back. An id of nobody's is taken for a step that no plan has. */
export function effectPlace(id: string): EffectPlace {
  const [owner = '', place = ''] = id.split(':');
  const index = Number(place.split('.')[0]);
  if (owner === '~undo') return { of: 'way-back', item: index };
  if (owner === '~soak') {
    const [step = '', round, tick] = place.split('.');
    return { of: 'soak', step, round: Number(round), tick: Number(tick) };
  }
  if (owner === '~trigger') return { of: 'trigger', step: place.split('.')[0] ?? '' };
  if (owner === '~notice') return { of: 'notice' };
  return { of: 'step', step: owner, move: index };
}

/** The step whose move an effect is; null for announcements, ways back, and checks during a soak. */
export function stepOfEffect(id: string): string | null {
  const place = effectPlace(id);
  return place.of === 'step' ? place.step : null;
}

/** `seq` is the event that called for the message. */
export function noticeId(seq: number, index: number): string {
  return `~notice:${seq}.${index}`;
}

/** Number of the event that called for a message, by its id. */
export function noticeSeq(id: string): number {
  return Number(id.split(':')[1]?.split('.')[0]);
}
