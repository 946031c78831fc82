/** `step:move.round`. A step's id has neither colon nor dot, so the parts can be read back. */
export function effectId(step: string, move: number, round: number): string {
  return `${step}:${move}.${round}`;
}

/** The tilde keeps it apart from steps: no step's id has one. */
export function undoId(item: number, round: number): string {
  return `~undo:${item}.${round}`;
}

/** `seq` is the event that called for the message. */
export function noticeId(seq: number, index: number): string {
  return `~notice:${seq}.${index}`;
}
