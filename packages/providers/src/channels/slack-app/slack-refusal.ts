import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';

/** Slack says no for good; `code` is its own word for why. */
export class SlackRefusal extends TerminalError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** May pass by itself. */
const PASSING = new Set(['ratelimited', 'rate_limited', 'request_timeout', 'service_unavailable', 'team_added_to_org']);
/** "It's possible some aspect of the operation succeeded before the error was raised", as Slack's pages on its methods have it. */
const UNKNOWN = new Set(['fatal_error', 'internal_error']);
const TOKEN = 'check the token: it must be the bot token of an app that is installed in the workspace';
const ADVICE: Readonly<Record<string, string>> = {
  channel_not_found: 'check the channel, and invite the app to it',
  not_in_channel: 'invite the app to the channel',
  is_archived: 'the channel is archived: name another one',
  missing_scope: 'give the app the scopes chat:write and channels:history, and install it again',
  invalid_auth: TOKEN,
  not_authed: TOKEN,
  account_inactive: TOKEN,
  token_revoked: TOKEN,
  token_expired: TOKEN,
};

/** What an answer with `ok: false` is. `wait`: milliseconds that Slack asked to wait. */
export function slackFailure(error: unknown, wait: number | null): Error {
  const code = typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : 'no_known_reason';
  const said = `Slack refused (${code})`;
  if (PASSING.has(code)) return new RetryableError(said, wait === null ? {} : { retryAfterMs: wait });
  if (UNKNOWN.has(code)) return new OutcomeUnknownError(`${said}; it may have been posted`);
  return new SlackRefusal(code, `${said}: ${ADVICE[code] ?? "check the channel's configuration"}`);
}
