import type { KillAnnouncer } from '../flags/announce/announce-kill.ts';
import type { FlagServing } from '../flags/index.ts';
import type { Services } from './services.ts';

/** What the routes that manage flags may use. */
export interface FlagServices extends Pick<Services, 'clock' | 'language' | 'flags' | 'flagKeys'> {
  readonly flagServing: Pick<FlagServing, 'delivery' | 'openStreams'> & {
    readonly keys: Pick<FlagServing['keys'], 'refresh'>;
  };
  readonly killAnnouncer: Pick<KillAnnouncer, 'announce'>;
}
