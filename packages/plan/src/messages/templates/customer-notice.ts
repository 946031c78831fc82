import type { MessageTemplate } from '../message-template.ts';

export const customerNotice: MessageTemplate = {
  summary: 'What customers are told of a new version.',
  en: {
    title: 'New: {{ words.summary }}',
    text: `{{ words.changes }}

{{ words.benefits }}

Help: {{ links.support }}`,
  },
  fr: {
    title: 'Nouveau : {{ words.summary }}',
    text: `{{ words.changes }}

{{ words.benefits }}

Aide : {{ links.support }}`,
  },
};
