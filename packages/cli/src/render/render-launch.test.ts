import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { renderLaunch } from './render-launch.ts';
import { AT, screen, VIEW } from '../testing/sample-launch.ts';

describe('the screen of a launch', () => {
  test('says where we are, who must act, whether it is healthy, what comes next and how to get back', () => {
    expect(renderLaunch(VIEW, screen()).filter((line) => line !== '')).toEqual([
      'A new version of the shop · shop 2.1.0 (before: 1.0.0)                                  09:00:09 UTC',
      '▶ RUNNING · T+00:00:09 · launch shop-1 · started 09:00:00 by ada@shop.example',
      'Now       Production: Roll out to production',
      'Act       nobody has to act',
      'Health    ○ too early to tell · not enough to judge on: 2.1.0 answered 9 of the 50 needed for errors',
      '          watching production 5 %',
      '          watched   ██████████░░░░░░░░░░ 0:04 of 0:08',
      '          requests  9 requests (at least 50 needed) · 9 met the new version in all',
      '          errors    new 11.11 % · old 0 %',
      'Traffic   production  █░░░░░░░░░░░░░░░░░░░  2.1.0 5 % · 1.0.0 95 %',
      'Next      Tag the release → Shop 2.1.0 is live',
      'Way back  1 move, ready at any time:',
      '            slipway rollback --reason "why"',
      '            1. planned · all traffic of production to 1.0.0',
      'Phases    ✔ gate · done · 1 of 1 step done',
      '            ✔ passed   The tree is clean · clean',
      '          ▶ production · active · 0 of 1 step done',
      '            ▶ active   Roll out to production (0:09) · watches',
    ]);
  });

  test.each([40, 60, 80, 200])('is never wider than %d columns', (width) => {
    for (const line of renderLaunch(VIEW, screen({ width }))) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test.each([10, 20, 30])('is never higher than %d rows', (height) => {
    expect(renderLaunch(VIEW, screen({ height })).length).toBeLessThanOrEqual(height);
  });

  test('shows nothing but ASCII on a terminal that knows no more', () => {
    expect(renderLaunch(VIEW, screen({ unicode: false })).join('\n')).toMatch(/^[\n -~]*$/);
  });

  test('says the same with and without colour', () => {
    const painted = renderLaunch(VIEW, screen({ color: true })).join('\n');
    expect(painted).not.toBe(renderLaunch(VIEW, screen()).join('\n'));
    // oxlint-disable-next-line no-control-regex
    expect(painted.replaceAll(/\u001B\[[0-9;]*m/g, '')).toBe(renderLaunch(VIEW, screen()).join('\n'));
  });

  test('says first of all that what it shows is old', () => {
    expect(renderLaunch(VIEW, screen({ lost: AT + 3000 }))[0]).toContain(
      'connection lost; last known state of 09:00:03',
    );
  });

  test('names who must act with the command that does it', () => {
    const waitingFor = [
      {
        step: 'go',
        who: 'release-manager',
        what: 'GO or NO-GO: go',
        how: 'slipway approve go',
        basis: { seq: 12, digest: 'ab12cd34ef56aa' },
      },
    ];
    const text = renderLaunch({ ...VIEW, waitingFor }, screen()).join('\n');
    expect(text).toContain('release-manager');
    expect(text).toContain('slipway approve go');
    expect(text).toContain('ab12cd34ef56');
  });

  test('keeps control characters of others off the terminal', () => {
    const text = renderLaunch({ ...VIEW, headline: 'fine\u001B[2J\u0007gone' }, screen()).join('\n');
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\u0007');
  });

  test('speaks French', () => {
    expect(renderLaunch(VIEW, screen({ messages: messagesFor('fr') })).join('\n')).toContain("personne n'a à agir");
  });
});
