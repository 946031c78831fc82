import type { MessageTemplate } from '../message-template.ts';

export const rolledBack: MessageTemplate = {
  summary: 'NO-GO or rollback: why, what serves now, what follows. Takes back what was said before.',
  urgent: true,
  en: {
    title: 'Rolled back: {{ artifact.name }} {{ artifact.version }}',
    text: `{{ facts.cause }}

- Serves now: {{ facts.previousVersion }}
- Requests that met {{ artifact.version }}: {{ facts.exposure }}
- Seconds until the old version had all traffic: {{ facts.secondsToRecover }}
- Measured: {{ facts.measured }}
- Told before, and no longer true: {{ facts.told }}

Next: root cause, a fix, and a new launch. Post-mortem: {{ links.post-mortem }}
Details: {{ links.issue }}`,
  },
  fr: {
    title: 'Retour arrière : {{ artifact.name }} {{ artifact.version }}',
    text: `{{ facts.cause }}

- En service maintenant : {{ facts.previousVersion }}
- Requêtes servies par {{ artifact.version }} : {{ facts.exposure }}
- Secondes jusqu'au retour complet : {{ facts.secondsToRecover }}
- Mesuré : {{ facts.measured }}
- Annoncé avant, et qui n'est plus vrai : {{ facts.told }}

Ensuite : cause racine, correction, nouveau lancement. Post-mortem : {{ links.post-mortem }}
Détails : {{ links.issue }}`,
  },
};
