import type { MessageTemplate } from '../message-template.ts';

export const emailTeaser: MessageTemplate = {
  summary: 'The first e-mail of a launch, a week before (J-7).',
  en: {
    title: 'Soon: {{ words.summary }}',
    text: `{{ words.benefits }}

From {{ facts.t0 }}. {{ links.landing }}`,
  },
  fr: {
    title: 'Bientôt : {{ words.summary }}',
    text: `{{ words.benefits }}

À partir du {{ facts.t0 }}. {{ links.landing }}`,
  },
};

export const emailReminder: MessageTemplate = {
  summary: 'The second e-mail, the day before (J-1).',
  en: {
    title: 'Tomorrow: {{ words.summary }}',
    text: `{{ words.changes }}

{{ facts.t0 }}. {{ links.landing }}`,
  },
  fr: {
    title: 'Demain : {{ words.summary }}',
    text: `{{ words.changes }}

{{ facts.t0 }}. {{ links.landing }}`,
  },
};

export const emailLaunch: MessageTemplate = {
  summary: 'The e-mail of the day (J): it leaves once production is verified.',
  en: {
    title: 'It is here: {{ words.summary }}',
    text: `{{ words.changes }}

{{ words.benefits }}

{{ links.landing }}`,
  },
  fr: {
    title: "C'est là : {{ words.summary }}",
    text: `{{ words.changes }}

{{ words.benefits }}

{{ links.landing }}`,
  },
};

export const emailFollowUp: MessageTemplate = {
  summary: 'The last e-mail, three days after (J+3): asks what people think.',
  en: {
    title: 'How do you like {{ words.summary }}?',
    text: `{{ words.benefits }}

Tell us: {{ links.feedback }}
Help: {{ links.support }}`,
  },
  fr: {
    title: 'Que pensez-vous de {{ words.summary }} ?',
    text: `{{ words.benefits }}

Dites-le-nous : {{ links.feedback }}
Aide : {{ links.support }}`,
  },
};
