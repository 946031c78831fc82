import type { MessageTemplate } from '../message-template.ts';

export const maintenance: MessageTemplate = {
  summary: 'A maintenance window that users should know of.',
  en: {
    title: 'Maintenance of {{ artifact.name }}',
    text: `We bring {{ artifact.name }} to version {{ artifact.version }}.

- When: {{ facts.t0 }}
- What you may notice: {{ words.impact }}
- State of the service: {{ links.status }}
- Help: {{ links.support }}`,
  },
  fr: {
    title: 'Maintenance de {{ artifact.name }}',
    text: `Nous passons {{ artifact.name }} à la version {{ artifact.version }}.

- Quand : {{ facts.t0 }}
- Ce que vous pourrez remarquer : {{ words.impact }}
- État du service : {{ links.status }}
- Aide : {{ links.support }}`,
  },
};
