import type { ReleaseFacts } from './release-facts.ts';
import type { Say } from './report-input.ts';

/** How a launch ended, in a sentence. */
export function resultText({ result, inProductionAt }: ReleaseFacts, say: Say): string {
  switch (result) {
    case 'completed':
      return inProductionAt === null
        ? say('Completed. It changed nothing in production.', "Terminé. Rien n'a changé en production.")
        : say('Completed: it is in production.', 'Terminé : en production.');
    case 'scrubbed':
      return say('Scrubbed: called off before production.', 'Annulé avant la production.');
    case 'rolled-back':
      return say('Rolled back, verified.', 'Retour en arrière vérifié.');
    case 'rollback-incomplete':
      return say(
        'The way back is incomplete: a person is needed.',
        'Le retour en arrière est incomplet : il faut une personne.',
      );
    case 'open':
      return say('Still under way.', 'Encore en cours.');
  }
}
