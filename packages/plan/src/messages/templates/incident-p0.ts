import type { MessageTemplate } from '../message-template.ts';

export const incidentP0: MessageTemplate = {
  summary: 'A critical incident (P0): told at once, and again every 30 minutes until it is resolved.',
  urgent: true,
  en: {
    title: 'P0 INCIDENT: {{ launch.title }}',
    text: `{{ facts.cause }}

- Severity: CRITICAL
- Since: {{ facts.heldSince }}
- Impact: {{ words.impact }}
- Requests that met {{ artifact.version }}: {{ facts.exposure }}
- State: {{ facts.state }}
- Who must act: {{ facts.waitingFor }}
- The way back: slipway rollback --launch {{ launch.id }}

Another word every 30 minutes until it is resolved. {{ links.incident }}`,
  },
  fr: {
    title: 'INCIDENT P0 : {{ launch.title }}',
    text: `{{ facts.cause }}

- Gravité : CRITIQUE
- Depuis : {{ facts.heldSince }}
- Impact : {{ words.impact }}
- Requêtes servies par {{ artifact.version }} : {{ facts.exposure }}
- État : {{ facts.state }}
- Qui doit agir : {{ facts.waitingFor }}
- Retour arrière : slipway rollback --launch {{ launch.id }}

Un point toutes les 30 minutes jusqu'à la résolution. {{ links.incident }}`,
  },
};
