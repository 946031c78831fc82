import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { screen } from '../testing/sample-launch.ts';
import { commandsOf } from './commands.ts';
import { Pen } from './pen.ts';

const NAMED = ' --launch shop-1';

describe('a command that is proposed can be copied as it is', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['slipway approve go', 'en', '', ['slipway approve go']],
    ['slipway approve go', 'en', NAMED, ['slipway approve go --launch shop-1']],
    ['slipway approve go --launch shop-2', 'en', NAMED, ['slipway approve go --launch shop-2']],
    [
      'slipway retry smoke   or   slipway skip smoke --reason …',
      'en',
      NAMED,
      ['slipway retry smoke --launch shop-1', 'slipway skip smoke --reason "why" --launch shop-1'],
    ],
    [
      'slipway resume   ou   slipway rollback --reason …',
      'fr',
      '',
      ['slipway resume', 'slipway rollback --reason "pourquoi"'],
    ],
    [
      'slipway answer run:0.0 done|not-done --reason …',
      'en',
      '',
      ['slipway answer run:0.0 done --reason "why"', 'slipway answer run:0.0 not-done --reason "why"'],
    ],
    ['', 'en', NAMED, []],
  ])('%s in %s with "%s"', (how, language, launchFlag, commands) => {
    const messages = messagesFor(language === 'fr' ? 'fr' : 'en');
    expect(commandsOf(how, new Pen(screen({ messages, launchFlag })))).toEqual(commands);
  });

  test('also on a terminal that knows ASCII only', () => {
    const pen = new Pen(screen({ unicode: false }));
    expect(commandsOf('slipway rollback --reason …', pen)).toEqual(['slipway rollback --reason "why"']);
  });
});
