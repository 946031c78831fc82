import type { MessageTemplate } from '../message-template.ts';

export const resolved: MessageTemplate = {
  summary: 'An incident is over.',
  urgent: true,
  en: {
    title: 'Resolved: {{ launch.title }}',
    text: `The launch goes on, resumed by {{ facts.resumedBy }}.

- Times held: {{ facts.holds }}
- Page answered: {{ facts.answered }}
- State: {{ facts.state }}
- Doing now: {{ facts.doing }}
- Measured: {{ facts.measured }}

Post-mortem: {{ links.post-mortem }}`,
  },
  fr: {
    title: 'Résolu : {{ launch.title }}',
    text: `Le lancement reprend, relancé par {{ facts.resumedBy }}.

- Suspensions : {{ facts.holds }}
- Réponse à l'alerte : {{ facts.answered }}
- État : {{ facts.state }}
- En cours : {{ facts.doing }}
- Mesuré : {{ facts.measured }}

Post-mortem : {{ links.post-mortem }}`,
  },
};
