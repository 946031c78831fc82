import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { AT, screen, VIEW } from '../testing/sample-launch.ts';
import { REPORT } from '../testing/sample-plan.ts';
import { span } from '../terminal/numbers.ts';
import { Pen } from './pen.ts';
import { quietLines } from './quiet-lines.ts';
import { renderMessages } from './render-messages.ts';

const FRENCH = { messages: messagesFor('fr') };
const waiting = (standsFor: number) => ({ channel: 'mail', about: 'started', until: AT, standsFor });

describe('messages that wait', () => {
  test.each([
    ['none', undefined, {}, []],
    ['one', [waiting(1)], {}, ['message (started) for mail: waits for the end of quiet hours, 2026-11-24 09:00:00']],
    [
      'one for many, in French',
      [waiting(9)],
      FRENCH,
      ['message (started) pour mail : attend la fin des heures calmes, 2026-11-24 09:00:00 · en remplace 9'],
    ],
  ])('are shown with their end: %s', (_what, waitingMessages, own, lines) => {
    const view = waitingMessages === undefined ? VIEW : { ...VIEW, waitingMessages };
    expect(quietLines(view, new Pen(screen({ width: 200, ...own })))).toEqual(lines);
  });

  test('are no more than one reads', () => {
    const waitingMessages = Array.from({ length: 12 }, () => waiting(1));
    const lines = quietLines({ ...VIEW, waitingMessages }, new Pen(screen({ width: 200 })));
    expect([lines.length, lines.at(-1)]).toEqual([4, '… 9 more messages in quiet hours']);
  });
});

test.each([
  [{}, {}, 'held · to tech · words of the plan'],
  [{ from: 'shipped' as const, again: 60_000 }, {}, `held · to tech · again every ${span(60_000)} · shipped words`],
  [
    { from: 'team' as const, mention: ['florian', 'devops'], quiet: ['tech: 22:00-07:00 UTC'] },
    FRENCH,
    'held · à tech · mentionne @florian, @devops · attend la fin des heures calmes : tech: 22:00-07:00 UTC · texte de slipway.messages.yaml',
  ],
])(
  'a message that is looked at before says who is called, what it waits for, whose words it has: %#',
  (own, language, line) => {
    const message = { when: 'held', to: ['tech'], again: null, title: 'T', text: 'T', ...own };
    const lines = renderMessages({ ...REPORT, messages: [message] }, screen({ width: 200, ...language }));
    expect(lines.map((each) => each.trim())).toContain(line);
  },
);
