import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';

/** A message that tries all that a text could do to its readers. */
export const HOSTILE_TEXT = [
  '@everyone @here <!channel> <!here> <@U123> <@123> <at>all</at>',
  '*bold* _sloping_ ~~gone~~ ||hidden|| `code` [click](https://evil.example) <https://evil.example|here>',
  '# heading',
  '> quote & "quotes" \\ {{DATE(2026-01-01T00:00:00Z)}} ${x} %s',
].join('\n');

/** What a vendor answers that does not take a message, and what that is. */
export const REFUSALS = [
  [302, TerminalError],
  [400, TerminalError],
  [401, TerminalError],
  [403, TerminalError],
  [404, TerminalError],
  [413, TerminalError],
  [429, RetryableError],
  [500, RetryableError],
  [502, OutcomeUnknownError],
  [503, RetryableError],
  [504, OutcomeUnknownError],
] as const;
