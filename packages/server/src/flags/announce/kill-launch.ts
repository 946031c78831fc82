import { createHash } from 'node:crypto';
import type { FlagPolicy } from '@slipway/flags';
import type { PlanLanguage } from '@slipway/plan';
import { readPlan, type ReadPlan } from '../../plans/read-plan.ts';
import { type KillTold, killMessage } from './kill-message.ts';
import { literalTemplate } from './literal-template.ts';

const LONGEST_SLUG = 40;

/** The same for one event of one set, and for no other: by it the launch that tells of it is found again. */
export function killLaunchName(told: Pick<KillTold, 'set' | 'flag' | 'kind'>, seq: number): string {
  const mark = createHash('sha256').update(`${told.set}\n${seq}`).digest('hex').slice(0, 8);
  return [told.kind, slug(told.flag), mark].filter((part) => part !== '').join('-');
}

/**
 * The plan of a launch that only tells of a kill: so the message survives a crash, is recorded, and leaves at most once. Refuses,
 * with every problem, where the channels are not as a launch plan has them.
 */
export function killPlan(language: PlanLanguage, told: KillTold, policy: FlagPolicy, seq: number): ReadPlan {
  const { title, text } = killMessage(told, policy.language);
  const [product = ''] = told.set.split('.');
  const plan = {
    launch: killLaunchName(told, seq),
    title: literalTemplate(title),
    artifact: { name: product, version: versionOf(told) },
    channels: Object.fromEntries(
      Object.entries(policy.channels).map(([name, { provider, config }]) => [name, { [provider]: config }]),
    ),
    phases: [
      {
        phase: 'announce',
        steps: [{ announce: literalTemplate(title), to: Object.keys(policy.channels), text: literalTemplate(text) }],
      },
    ],
  };
  return readPlan(language, { text: JSON.stringify(plan), file: 'policy' });
}

/** What a version may be in a plan: a variant's name may be anything. */
function versionOf({ kind, off }: KillTold): string {
  return kind === 'kill' && off !== null && /^[0-9A-Za-z][0-9A-Za-z._+-]{0,99}$/.test(off) ? off : '0';
}

function slug(flag: string): string {
  return flag
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replaceAll(/^-+|-+$/g, '');
}
