import type { Plan } from '../../model/plan.ts';
import type { PlanJson } from '../../model/provider-use.ts';
import type { Command } from '../../model/step.ts';
import { renderText } from '../../template/render-text.ts';
import { forbiddenGit, GUARDS } from './forbidden-git.ts';
import { gitCall } from './git-words.ts';
import { isLike } from './glob.ts';
import { programOf, type SimpleCommand, simpleCommands } from './simple-commands.ts';

/** What of a command is looked at; secrets are not. */
export type Ordered = Pick<Command, 'argv' | 'env'>;

/**
 * Why no step may run this command; null: it may. `forms` are those of the policy. What the plan knows is filled in; a script's own
 * lines are not looked into.
 */
export function forbiddenCommand(plan: Plan, command: Ordered, forms: readonly string[]): string | null {
  const shown = (text: string): string => filledIn(plan, text);
  const env = Object.entries(command.env).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, shown(value)]] : [[name, '?']],
  );
  const tags = validatedTags(plan).map(shown);
  const parts = simpleCommands({ argv: command.argv.map(shown), env: Object.fromEntries(env) });
  return parts.map((part) => forbiddenPart(part, { tags, forms })).find((why) => why !== null) ?? null;
}

interface Rules {
  readonly tags: readonly string[];
  readonly forms: readonly string[];
}

function forbiddenPart({ argv, env }: SimpleCommand, { tags, forms }: Rules): string | null {
  const guard = Object.entries(env).find(([name, value]) => switchesGuardsOff(name, value));
  if (guard !== undefined) return `${guard[0]} switches guards off`;
  if (argv.includes('--no-verify')) return GUARDS;
  const call = gitCall(argv);
  const why = call === null ? null : forbiddenGit(call, tags);
  if (why !== null) return why;
  const form = forms.find((each) => isOfForm(argv, each));
  return form === undefined ? null : `the policy forbids "${form}"`;
}

/** The program, and every other word of the form somewhere behind it. */
function isOfForm(argv: readonly string[], form: string): boolean {
  const [program = '', ...words] = form.split(/\s+/);
  const [, ...rest] = argv;
  return isLike(programOf(argv), program) && words.every((word) => rest.some((each) => isLike(each, word)));
}

/** Variables by which hooks and checks of certificates are passed over; one set to nothing, 0 or false leaves them on. */
function switchesGuardsOff(name: string, value: string): boolean {
  if (/^(HUSKY|NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/.test(name)) return value === '0';
  const isBypass = /^(SKIP|HUSKY_SKIP_HOOKS|PRE_COMMIT_ALLOW_NO_CONFIG|GIT_SSL_NO_VERIFY)$|^SKIP_|BYPASS/.test(name);
  return isBypass && !/^(|0|false|no|off)$/i.test(value);
}

/** Tags that a check of git in this plan looks at, as globs. */
function validatedTags({ steps }: Plan): readonly string[] {
  return Object.values(steps).flatMap((step) => {
    if (step.kind !== 'check' || !/^git\b/.test(step.check.provider)) return [];
    return ['tag', 'no-diff-since'].flatMap((key) => textAt(step.check.config, key));
  });
}

function textAt(config: PlanJson, key: string): readonly string[] {
  if (config === null || typeof config !== 'object' || !Object.hasOwn(config, key)) return [];
  const value = (config as Readonly<Record<string, PlanJson>>)[key];
  return typeof value === 'string' ? [value] : [];
}

/** As it is written where that cannot be. */
function filledIn({ launch, title, artifact }: Plan, text: string): string {
  if (text.includes('launch.id')) return text;
  const rendered = renderText(text, { launch: { name: launch, title, id: '' }, artifact });
  return rendered.ok ? rendered.text : text;
}
