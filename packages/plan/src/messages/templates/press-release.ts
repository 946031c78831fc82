import type { MessageTemplate } from '../message-template.ts';

export const pressRelease: MessageTemplate = {
  summary: "A press release. Every claim in it is the plan's words, said once production is verified.",
  en: {
    title: '{{ words.summary }}',
    text: `{{ words.place }}, {{ facts.t0 }} - {{ words.announcement }}

{{ words.changes }}

{{ words.benefits }}

"{{ words.quote }}"

About: {{ words.about }}
Press contact: {{ words.contact }}
{{ links.press-kit }}`,
  },
  fr: {
    title: '{{ words.summary }}',
    text: `{{ words.place }}, {{ facts.t0 }} - {{ words.announcement }}

{{ words.changes }}

{{ words.benefits }}

« {{ words.quote }} »

À propos : {{ words.about }}
Contact presse : {{ words.contact }}
{{ links.press-kit }}`,
  },
};
