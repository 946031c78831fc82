import type { MessageTemplate } from '../message-template.ts';

export const faq: MessageTemplate = {
  summary: 'Answers to what a team asks during a launch, for the thread of its first message.',
  en: {
    title: 'Questions about {{ launch.title }}',
    text: `Q: May I test it now?
A: {{ words.testing }} Address: {{ links.environment }}

Q: What is different?
A: {{ words.changes }}

Q: I found a bug. What now?
A: A small one: {{ links.issues }}. One that breaks a feature: say so in this thread. A critical one: {{ words.escalation }}

Q: When does it reach everybody?
A: {{ facts.rollout }}. Next: {{ facts.next }}

Q: What if it breaks?
A: slipway rollback --launch {{ launch.id }} brings {{ facts.previousVersion }} back. Runbook: {{ links.runbook }}`,
  },
  fr: {
    title: 'Questions sur {{ launch.title }}',
    text: `Q : Puis-je tester maintenant ?
R : {{ words.testing }} Adresse : {{ links.environment }}

Q : Quelle est la différence ?
R : {{ words.changes }}

Q : J'ai trouvé un bug, que faire ?
R : Mineur : {{ links.issues }}. Il casse une fonction : dites-le dans ce fil. Critique : {{ words.escalation }}

Q : Quand tout le monde l'aura-t-il ?
R : {{ facts.rollout }}. Ensuite : {{ facts.next }}

Q : Que se passe-t-il si ça casse ?
R : slipway rollback --launch {{ launch.id }} remet {{ facts.previousVersion }}. Procédure : {{ links.runbook }}`,
  },
};
