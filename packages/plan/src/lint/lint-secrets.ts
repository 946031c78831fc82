import { stepsOfKind } from '../parse/draft.ts';
import type { AuthoredOf, Draft } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import { labelOf } from '../parse/path.ts';
import type { Path } from '../parse/path.ts';

type Env = NonNullable<AuthoredOf<'run'>['step']['env']>;

/** Names whose values are secrets. */
const SECRET_NAME = /(?:SECRET|TOKEN|PASSW(?:OR)?D|API_?KEY|PRIVATE_?KEY|CREDENTIALS?|WEBHOOK)(?:_|$)/i;
/** How well-known secrets begin: GitHub, Slack, AWS, Stripe and OpenAI, npm, GitLab, Google, JSON web tokens, PEM keys. */
const SECRET_VALUE =
  /^(?:gh[pousr]_|github_pat_|xox[abprs]-|A(?:KIA|SIA)[A-Z0-9]{12}|sk[-_][\w-]{12}|rk_live_|npm_\w{12}|glpat-|AIza|eyJ[\w-]+\.|-----BEGIN|https:\/\/hooks\.slack\.com\/)/;
/** A password inside an address: postgres://user:password@host. */
const SECRET_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;

const AS_FLAG = { severity: 'warning', code: 'SLW015' } as const;

/** Warns of environment variables and words of commands that look like secrets written into the plan. Their text is never repeated. */
export function lintSecrets(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOfKind(draft, 'run')) {
    const { command, verify, env, undo } = authored.step;
    lintWords(findings, [...path, 'command'], command);
    lintWords(findings, [...path, 'verify'], verify ?? []);
    lintEnv(findings, [...path, 'env'], env ?? {});
    if (undo === undefined || 'none' in undo) continue;
    lintWords(findings, [...path, 'undo', 'command'], undo.command);
    lintEnv(findings, [...path, 'undo', 'env'], undo.env ?? {});
  }
}

function lintEnv(findings: Findings, path: Path, env: Env): void {
  for (const [name, value] of Object.entries(env)) {
    if (typeof value !== 'string' || !looksSecret(name, value)) continue;
    const message = `the value of ${name} looks like a secret, and a plan is read by many`;
    reportValue(findings, [...path, name], { message, expected: `{ env: ${name} }`, ...AS_FLAG });
  }
}

function lintWords(findings: Findings, path: Path, words: readonly string[]): void {
  for (const [index, word] of words.entries()) {
    if (!isSecret(word) && !isSecret(word.replace(OPTION, ''))) continue;
    const at = [...path, index];
    const message = `${labelOf(at)} looks like a secret, and a plan is read by many`;
    const expected = 'the command to read it from a variable under "env", such as { env: NAME }';
    reportValue(findings, at, { message, expected, ...AS_FLAG });
  }
}

/** What stands before the value in `--token=value` or `Authorization: Bearer value`. */
const OPTION = /^(?:--?[\w-]+=|[\w-]+: (?:\w+ )?)/;

const isSecret = (text: string): boolean => SECRET_VALUE.test(text) || SECRET_ADDRESS.test(text);

function looksSecret(name: string, value: string): boolean {
  return (value !== '' && SECRET_NAME.test(name)) || isSecret(value);
}
