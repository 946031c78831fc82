import type { MessagePreview } from '@slipway/contract';
import { ABSENT, evolve, isUrgent, type Launch, type Moment, stepsInOrder } from '@slipway/core';
import { messageAt, type RenderedMessage } from '@slipway/engine';
import type { MessageSpec, Plan } from '@slipway/plan';
import { quietTexts } from './quiet-texts.ts';

/** Every message of a plan as it would read if the launch had just begun: what is not known then is shown as missing. `now` in epoch ms. */
export function previewMessages(plan: Plan, now: number): MessagePreview[] {
  const launch = justBegun(plan, now);
  const shown = (when: string, message: MessageSpec, { again, moment }: Telling): MessagePreview => {
    const { to, from, mention } = message;
    const rendered = messageAt(launch, message, now);
    const routine = !isUrgent(launch, { step: moment === null ? when : null, moment, message });
    const quiet = routine ? quietTexts(plan, to) : [];
    const title = moment === null ? (plan.steps[when]?.title ?? when) : moment;
    return {
      when: title,
      to: [...to],
      again,
      ...(from === undefined ? {} : { from }),
      ...(mention === undefined ? {} : { mention: [...mention] }),
      ...(quiet.length === 0 ? {} : { quiet: [...quiet] }),
      title: textOf(rendered, 'title'),
      text: textOf(rendered, 'text'),
    };
  };
  const steps = stepsInOrder(plan).flatMap((step) =>
    step.kind === 'announce' ? [shown(step.id, step.message, { again: null, moment: null })] : [],
  );
  return [
    ...plan.announcements.map(({ on, message, again = null }) => shown(on, message, { again, moment: on })),
    ...steps,
  ];
}

interface Telling {
  readonly again: number | null;
  /** null: a step sends it. */
  readonly moment: Moment | null;
}

/** A template that cannot be rendered was refused before; one that only fails on what a launch knows says why. */
function textOf(rendered: RenderedMessage, part: 'title' | 'text'): string {
  const { [part]: found } = rendered;
  return found.ok ? found.text.trim() : found.reason;
}

function justBegun(plan: Plan, now: number): Launch {
  const started = { type: 'launch-started', launch: plan.launch, plan, planDigest: '', directory: '' } as const;
  const event = { ...started, t0: plan.t0 ?? now };
  const state = evolve(ABSENT, { seq: 1, at: now, hash: '', actor: { kind: 'slipway' }, event });
  if (state.is === 'absent') throw new Error('a launch that has begun is there');
  return state;
}
