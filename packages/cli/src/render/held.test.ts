import type { LaunchView } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { screen, VIEW } from '../testing/sample-launch.ts';
import { renderLaunch } from './render-launch.ts';

const WHY = 'not enough to judge on';
const CAUSE = `rollout: insufficient-data: ${WHY}`;

/** How often the screen says it. */
function times(view: Partial<LaunchView>, what: string): number {
  const look = VIEW.look === null ? null : { ...VIEW.look, sentence: WHY };
  const text = renderLaunch({ ...VIEW, state: 'held', look, ...view }, screen()).join('\n');
  return text.split(what).length - 1;
}

describe('a launch that is held says why once', () => {
  test.each<[string, Partial<LaunchView>, number]>([
    ['for one cause', { headline: `Held: ${CAUSE}`, causes: [CAUSE] }, 1],
    ['where the headline is about something else', { headline: 'Turning back', causes: [CAUSE] }, 1],
    ['where only the look says it', { headline: 'Held: a spike', causes: ['a spike'] }, 1],
  ])('%s', (_, view, count) => {
    expect(times(view, WHY)).toBe(count);
  });

  test('and every further cause as well', () => {
    expect(times({ headline: `Held: ${CAUSE}`, causes: [CAUSE, 'a person: a spike'] }, 'a spike')).toBe(1);
  });

  test('and still how it stands', () => {
    expect(times({ headline: `Held: ${CAUSE}`, causes: [CAUSE] }, 'too early to tell\n')).toBe(1);
  });
});
