import { z } from 'zod';
import { SHARE } from '../text/amount.ts';
import { DURATION, formatDuration, parseDuration } from '../text/duration.ts';
import { isJsonPath } from '../text/json-path.ts';
import { NAME_LENGTH } from '../text/slug.ts';
import { T_OFFSET, parseTOffset } from '../text/t-offset.ts';

/** An own error text that begins with `expected` becomes the second half of a problem: what is wrong, what was expected. */
const expected = (what: string) => ({ error: `expected ${what}` });

/** The words of `expected` for a value of the wrong type, and not for what else is wrong with it, such as its length. */
export const expectedType = (what: string) => ({
  error: (issue: { readonly code?: string | undefined }) =>
    issue.code === 'invalid_type' ? `expected ${what}` : undefined,
});

/** A text of one form; a number in its place gets the same explanation. */
export const word = (form: RegExp, what: string) => z.string(expectedType(what)).regex(form, expected(what));

/** Names of launches, steps, environments, roles, channels. */
export const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Words that CEL keeps for itself: its syntax, its types, its own variables. */
const CEL_WORDS =
  '__proto__|as|bool|break|bytes|cel|const|continue|double|else|false|for|function|google|if|import|in|int|let|list|loop|map|namespace|null|null_type|optional|package|prototype|return|string|true|type|uint|var|void|while';
export const CEL_WORD = new RegExp(`^(?:${CEL_WORDS})$`);
/** Conditions write `errors.new`, so a metric's name has no hyphen and is no word of CEL. */
export const METRIC_NAME = new RegExp(`^(?!(?:${CEL_WORDS})$)[a-z][a-z0-9_]*$`);
/** Versions reach commands and file names. */
export const VERSION = /^[0-9A-Za-z][0-9A-Za-z._+-]{0,99}$/;

export const name = () => word(NAME, 'lower-case words joined by hyphens, such as go-no-go').max(NAME_LENGTH);

export const metricName = () =>
  word(METRIC_NAME, 'a lower-case word without hyphens that is no word of CEL, such as error_rate').max(NAME_LENGTH);

/** A version that looks like a number keeps the standard words for a wrong type: they say to put it in quotes. */
export const version = () =>
  z.string().regex(VERSION, expected('a version such as 2.2.0, at most 100 letters, digits, dots, hyphens'));

/** A title is shown in terminals: a control character could repaint what stands around it. */
const ONE_LINE = /^\P{Cc}*$/u;

/** One line that people read. */
export const title = () =>
  z.string().trim().min(1).max(200).regex(ONE_LINE, expected('one line without control characters'));

/** A longer text that people read: a Liquid template. */
export const text = () => z.string().trim().min(1).max(10_000);

/** Someone: an id without spaces, usually an e-mail address. */
export const person = () => word(/^\S+$/, 'an id without spaces, such as rm@shop.example').max(200);

/** A duration; `least` in milliseconds. */
export const duration = (least = 0) =>
  word(DURATION, 'a duration such as 30s, 10m or 1h30m').refine(
    (written) => !DURATION.test(written) || (parseDuration(written) ?? -1) >= least,
    {
      error: `expected ${least > 0 ? `at least ${formatDuration(least)} and ` : ''}at most ten years`,
    },
  );

const AMOUNT = 'a number of instances or a share of them, such as 1 or 25%';

/** Some of the instances: a count, or per cent of the usual number. */
export const amount = () => z.union([z.int(expectedType(AMOUNT)).min(0).max(1_000), word(SHARE, AMOUNT)]);

const JSON_PATH = 'a JSON path (RFC 9535) such as $.items[*].price';

/** Selects parts of a JSON document. */
export const jsonPath = () => z.string(expectedType(JSON_PATH)).max(500).refine(isJsonPath, expected(JSON_PATH));

export const tOffset = () =>
  word(T_OFFSET, 'a time relative to T-0, such as T-30m, T-0 or T+1h').refine(
    (written) => !T_OFFSET.test(written) || parseTOffset(written) !== null,
    expected('at most ten years'),
  );
