/** `step:move.round`. A step's id has neither colon nor dot, so the parts can be read back. */
export function effectId(step: string, move: number, round: number): string {
  return `${step}:${move}.${round}`;
}

/** The tilde keeps it apart from steps: no step's id has one. */
export function undoId(item: number, round: number): string {
  return `~undo:${item}.${round}`;
}

/** What an effect's id says of it. */
export type EffectPlace =
  | { readonly of: 'step'; readonly step: string; readonly move: number }
  | { readonly of: 'way-back'; readonly item: number }
  | { readonly of: 'notice' };

/** Reads an id back. An id of nobody's is taken for a step that no plan has. */
export function effectPlace(id: string): EffectPlace {
  const [owner = '', place = ''] = id.split(':');
  const index = Number(place.split('.')[0]);
  if (owner === '~undo') return { of: 'way-back', item: index };
  if (owner === '~notice') return { of: 'notice' };
  return { of: 'step', step: owner, move: index };
}

/** The step that an effect belongs to; null for announcements and ways back. */
export function stepOfEffect(id: string): string | null {
  const place = effectPlace(id);
  return place.of === 'step' ? place.step : null;
}

/** `seq` is the event that called for the message. */
export function noticeId(seq: number, index: number): string {
  return `~notice:${seq}.${index}`;
}
