import type { Launch } from '../model/state.ts';

/** Whether the launch goes back, or has ended by going back: scrubbed and rolled back are the end of a way back, too. */
export function hasTurnedBack({ mode }: Pick<Launch, 'mode'>): boolean {
  switch (mode.is) {
    case 'running':
    case 'held':
      return false;
    case 'stopping':
    case 'undoing':
    case 'incomplete':
      return true;
    case 'ended':
      return mode.as !== 'completed';
  }
}
