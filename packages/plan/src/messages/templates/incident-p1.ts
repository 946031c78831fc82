import type { MessageTemplate } from '../message-template.ts';

export const incidentP1: MessageTemplate = {
  summary: 'A serious incident (P1): a feature is broken or slow.',
  urgent: true,
  en: {
    title: 'P1 incident: {{ launch.title }}',
    text: `{{ facts.cause }}

- Severity: HIGH
- Since: {{ facts.heldSince }}
- Impact: {{ words.impact }}
- Measured: {{ facts.measured }}
- State: {{ facts.state }}
- Who must act: {{ facts.waitingFor }}
- Options: mend it (slipway resume), or slipway rollback --launch {{ launch.id }}

{{ links.incident }}`,
  },
  fr: {
    title: 'Incident P1 : {{ launch.title }}',
    text: `{{ facts.cause }}

- Gravité : HAUTE
- Depuis : {{ facts.heldSince }}
- Impact : {{ words.impact }}
- Mesuré : {{ facts.measured }}
- État : {{ facts.state }}
- Qui doit agir : {{ facts.waitingFor }}
- Options : corriger (slipway resume), ou slipway rollback --launch {{ launch.id }}

{{ links.incident }}`,
  },
};
