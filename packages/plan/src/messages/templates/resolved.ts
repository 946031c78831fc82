import type { MessageTemplate } from '../message-template.ts';

export const resolved: MessageTemplate = {
  summary: 'An incident is over.',
  en: {
    title: 'Resolved: {{ launch.title }}',
    text: `The launch goes on, resumed by {{ facts.resumedBy }}.

- Times held: {{ facts.holds }}
- State: {{ facts.state }}
- Doing now: {{ facts.doing }}
- Measured: {{ facts.measured }}

Post-mortem: {{ links.post-mortem }}`,
  },
  fr: {
    title: 'Résolu : {{ launch.title }}',
    text: `Le lancement reprend, relancé par {{ facts.resumedBy }}.

- Suspensions : {{ facts.holds }}
- État : {{ facts.state }}
- En cours : {{ facts.doing }}
- Mesuré : {{ facts.measured }}

Post-mortem : {{ links.post-mortem }}`,
  },
};
