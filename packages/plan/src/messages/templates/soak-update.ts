import type { MessageTemplate } from '../message-template.ts';

export const soakUpdate: MessageTemplate = {
  summary: 'How a version does that is being watched, once a day.',
  en: {
    title: '{{ artifact.name }} {{ artifact.version }}: {{ facts.state }}',
    text: `- Watched: {{ facts.watched }}
- Incidents (times held): {{ facts.holds }}
- Measured: {{ facts.measured }}
- Requests that met it: {{ facts.exposure }}
- What is wrong: {{ facts.cause | default: "nothing" }}
- Next: {{ facts.next }}

{{ links.monitoring }}`,
  },
  fr: {
    title: '{{ artifact.name }} {{ artifact.version }} : {{ facts.state }}',
    text: `- Observé : {{ facts.watched }}
- Incidents (suspensions) : {{ facts.holds }}
- Mesuré : {{ facts.measured }}
- Requêtes reçues : {{ facts.exposure }}
- Ce qui ne va pas : {{ facts.cause | default: "rien" }}
- Ensuite : {{ facts.next }}

{{ links.monitoring }}`,
  },
};
