import type { MessageTemplate } from './message-template.ts';
import { customerNotice } from './templates/customer-notice.ts';
import { deploymentStarted } from './templates/deployment-started.ts';
import { emailFollowUp, emailLaunch, emailReminder, emailTeaser } from './templates/emails.ts';
import { faq } from './templates/faq.ts';
import { go } from './templates/go.ts';
import { incidentP0 } from './templates/incident-p0.ts';
import { incidentP1 } from './templates/incident-p1.ts';
import { maintenance } from './templates/maintenance.ts';
import { pressRelease } from './templates/press-release.ts';
import { resolved } from './templates/resolved.ts';
import { rolledBack } from './templates/rolled-back.ts';
import { soakUpdate } from './templates/soak-update.ts';
import { status } from './templates/status.ts';

/** Messages by the name that a plan gives. A plan may say each of them in words of its own. */
export const MESSAGE_TEMPLATES = {
  'deployment-started': deploymentStarted,
  'soak-update': soakUpdate,
  go,
  'rolled-back': rolledBack,
  'incident-p0': incidentP0,
  'incident-p1': incidentP1,
  resolved,
  status,
  'customer-notice': customerNotice,
  maintenance,
  'press-release': pressRelease,
  'email-teaser': emailTeaser,
  'email-reminder': emailReminder,
  'email-launch': emailLaunch,
  'email-follow-up': emailFollowUp,
  faq,
} satisfies Readonly<Record<string, MessageTemplate>>;

export type TemplateName = keyof typeof MESSAGE_TEMPLATES;

/** What the shipped messages read of a plan's own links and words: a name that a plan does not give is shown as missing. */
export const LINK_NAMES = [
  'environment',
  'monitoring',
  'runbook',
  'issue',
  'issues',
  'incident',
  'post-mortem',
  'status',
  'support',
  'landing',
  'feedback',
  'press-kit',
] as const;

export const WORD_NAMES = [
  'summary',
  'changes',
  'benefits',
  'impact',
  'targets',
  'testing',
  'escalation',
  'place',
  'announcement',
  'quote',
  'about',
  'contact',
] as const;
