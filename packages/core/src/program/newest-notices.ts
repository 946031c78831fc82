import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';

/** The newest message of a step to each of its channels: a retry sends again only what did not arrive. */
export function newestNotices(launch: Launch, step: string): readonly Notice[] {
  const byChannel = new Map<string, Notice>();
  for (const notice of Object.values(launch.notices)) if (notice.step === step) byChannel.set(notice.channel, notice);
  return [...byChannel.values()];
}
