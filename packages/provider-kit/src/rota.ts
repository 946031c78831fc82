/** Somebody's time on call, in epoch ms. */
export interface RotaShift {
  readonly from: number;
  readonly to: number;
  /** Nobody, where it is empty. */
  readonly who: readonly string[];
  readonly title: string;
}

/** Who is on call between two moments, by the text of an iCalendar file; `reason`: why it cannot be read. */
export type ReadRota = (
  text: string,
  span: { readonly from: number; readonly to: number },
) => { readonly ok: true; readonly shifts: readonly RotaShift[] } | { readonly ok: false; readonly reason: string };
