import type { MessageTemplate } from '../message-template.ts';

export const deploymentStarted: MessageTemplate = {
  summary: 'A deployment began: what, since when, how it is watched, and the way back.',
  en: {
    title: 'Deployment started: {{ artifact.name }} {{ artifact.version }}',
    text: `{{ launch.title }}: {{ words.summary }}

- Started: {{ facts.startedAt }} by {{ person }}
- Version: {{ artifact.version }} (before: {{ facts.previousVersion }})
- Checks passed: {{ facts.checks }}
- Sign-offs: {{ facts.signoffs }}
- Doing now: {{ facts.doing }}
- Next: {{ facts.next }}
- Address: {{ links.environment }}
- Watch it: {{ links.monitoring }}

If something breaks: slipway hold, or slipway rollback --launch {{ launch.id }}. Runbook: {{ links.runbook }}
Details: {{ links.issue }}`,
  },
  fr: {
    title: 'Déploiement commencé : {{ artifact.name }} {{ artifact.version }}',
    text: `{{ launch.title }} : {{ words.summary }}

- Commencé : {{ facts.startedAt }} par {{ person }}
- Version : {{ artifact.version }} (avant : {{ facts.previousVersion }})
- Vérifications réussies : {{ facts.checks }}
- Accords : {{ facts.signoffs }}
- En cours : {{ facts.doing }}
- Ensuite : {{ facts.next }}
- Adresse : {{ links.environment }}
- Surveillance : {{ links.monitoring }}

Si quelque chose casse : slipway hold, ou slipway rollback --launch {{ launch.id }}. Procédure : {{ links.runbook }}
Détails : {{ links.issue }}`,
  },
};
