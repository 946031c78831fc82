import type { Recorded } from '../model/event.ts';
import type { Launch } from '../model/state.ts';

export function recordMarkdown(
  launch: Launch,
  events: readonly Recorded[],
  _options: { readonly language: 'en' | 'fr' },
): string {
  return `# ${launch.plan.title}\n\n${events.map((event) => `- ${event.seq} ${event.event.type}`).join('\n')}\n`;
}
