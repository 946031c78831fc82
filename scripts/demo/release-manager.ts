import { setTimeout as pass } from 'node:timers/promises';
import type { Client } from './client.ts';

/** Rita holds the role release-manager. She looks at what is asked of her for a moment, then says GO to exactly that. */
export async function decideAs(client: Client, launch: string): Promise<void> {
  for (;;) {
    const view = await client.launch(launch);
    const asked = view.waitingFor.find((wanted) => wanted.who === 'release-manager' && wanted.basis !== null);
    if (asked?.step !== null && asked?.basis !== null && asked !== undefined) {
      await pass(1500);
      const reason = 'Staging is quiet and every check is green.';
      await client.command(launch, { type: 'vote', step: asked.step, vote: 'go', reason, basis: asked.basis.seq });
      return;
    }
    if (view.endedAt !== null || view.state === 'held') return;
    await pass(250);
  }
}
