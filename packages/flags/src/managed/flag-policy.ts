import type { Json } from '../json.ts';

/** What a flag set asks for before anything of it is changed. Kills, ways back of launches and their ramps need no approval. */
export interface FlagPolicy {
  /** People besides the author who must approve a change: 0, or 1 (four eyes). */
  readonly approvals: 0 | 1;
  /** Channels (as in a launch plan) that are told of each kill and un-kill, by name. */
  readonly channels: Readonly<Record<string, { readonly provider: string; readonly config: Json }>>;
  readonly language: 'en' | 'fr';
}
