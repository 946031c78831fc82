import type { ServedSet } from '@slipway/engine';
import { servedText } from '../answer/served-texts.ts';

/** A change as clients are told of it, and as they tell it back: `flagConfigEtag` of OFREP, and the id of an event. */
export interface ToldChange {
  /** Of the newest event of the set: whoever serves less is behind. */
  readonly version: number;
  /** Of what is served. A kill that is not recorded yet has no version of its own. */
  readonly etag: string;
}

export function changeText(served: ServedSet): string {
  return `${served.state.version}-${servedText(served).etag}`;
}

const FORM = /^(\d{1,15})-([0-9a-f]{16})$/;

/** null: it is none of ours. */
export function readChange(text: string): ToldChange | null {
  const [, version, etag] = FORM.exec(text) ?? [];
  return version === undefined || etag === undefined ? null : { version: Number(version), etag };
}
