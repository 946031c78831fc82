import type { MessageTemplate } from '../message-template.ts';

export const status: MessageTemplate = {
  summary: 'Where the launch is, for leadership, hour by hour.',
  en: {
    title: '{{ launch.title }}: {{ facts.state }}',
    text: `- Where we are: {{ facts.doing }}
- Is it healthy: {{ facts.measured }}
- What is wrong: {{ facts.cause | default: "nothing" }}
- What happens next: {{ facts.next }}
- Who must act: {{ facts.waitingFor | default: "nobody" }}
- How to get back: slipway rollback --launch {{ launch.id }}

{{ links.monitoring }}`,
  },
  fr: {
    title: '{{ launch.title }} : {{ facts.state }}',
    text: `- Où en sommes-nous : {{ facts.doing }}
- Est-ce sain : {{ facts.measured }}
- Ce qui ne va pas : {{ facts.cause | default: "rien" }}
- Ensuite : {{ facts.next }}
- Qui doit agir : {{ facts.waitingFor | default: "personne" }}
- Comment revenir : slipway rollback --launch {{ launch.id }}

{{ links.monitoring }}`,
  },
};
