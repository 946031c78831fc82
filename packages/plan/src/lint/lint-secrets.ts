import { stepsOfKind } from '../parse/draft.ts';
import type { AuthoredOf, Draft } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';

type Env = NonNullable<AuthoredOf<'run'>['step']['env']>;

/** Names whose values are secrets. */
const SECRET_NAME = /(?:SECRET|TOKEN|PASSW(?:OR)?D|API_?KEY|PRIVATE_?KEY|CREDENTIALS?|WEBHOOK)(?:_|$)/i;
/** How well-known secrets begin: GitHub, Slack, AWS, Stripe and OpenAI, npm, GitLab, Google, JSON web tokens, PEM keys. */
const SECRET_VALUE =
  /^(?:gh[pousr]_|github_pat_|xox[abprs]-|AKIA|ASIA|sk[-_]|rk_live_|npm_|glpat-|AIza|eyJ[\w-]+\.|-----BEGIN|https:\/\/hooks\.slack\.com\/)/;
/** A password inside an address: postgres://user:password@host. */
const SECRET_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;

/** Warns of environment variables that look like secrets written into the plan. Their text is never repeated. */
export function lintSecrets(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOfKind(draft, 'run')) {
    const { env, undo } = authored.step;
    lintEnv(findings, [...path, 'env'], env ?? {});
    if (undo !== undefined && 'env' in undo) lintEnv(findings, [...path, 'undo', 'env'], undo.env ?? {});
  }
}

function lintEnv(findings: Findings, path: Path, env: Env): void {
  for (const [name, value] of Object.entries(env)) {
    if (typeof value !== 'string' || !looksSecret(name, value)) continue;
    const message = `the value of ${name} looks like a secret, and a plan is read by many`;
    reportValue(findings, [...path, name], { message, expected: `{ env: ${name} }`, severity: 'warning' });
  }
}

function looksSecret(name: string, value: string): boolean {
  return (value !== '' && SECRET_NAME.test(name)) || SECRET_VALUE.test(value) || SECRET_ADDRESS.test(value);
}
