import type { MessageTemplate } from '../message-template.ts';

export const go: MessageTemplate = {
  summary: 'GO was given: on what evidence, and how the rollout goes.',
  en: {
    title: 'GO: {{ launch.title }}',
    text: `- Sign-offs: {{ facts.signoffs }}
- Checks passed: {{ facts.checks }}
- Measured: {{ facts.measured }}
- Incidents (times held): {{ facts.holds }}
- Rollout: {{ facts.rollout }}
- Targets: {{ words.targets }}

Thank you for watching. Details: {{ links.issue }}`,
  },
  fr: {
    title: 'GO : {{ launch.title }}',
    text: `- Accords : {{ facts.signoffs }}
- Vérifications réussies : {{ facts.checks }}
- Mesuré : {{ facts.measured }}
- Incidents (suspensions) : {{ facts.holds }}
- Déploiement progressif : {{ facts.rollout }}
- Objectifs : {{ words.targets }}

Merci pour le suivi. Détails : {{ links.issue }}`,
  },
};
