import { createPlanLanguage } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, it } from 'vitest';
import { reportPlan } from './report.ts';

const NOON = Date.parse('2026-11-24T11:00:00Z');

const plan = (messages: string, announcements: string): string => `launch: shop-2-2
title: One click
artifact: { name: shop, version: 2.2.0 }
zone: Europe/Paris
channels: { team: { console: {} }, mail: { console: {} } }
audiences: { all: [team, mail] }
messages: ${messages}
phases: [{ phase: news, steps: [{ announce: Tell, to: [all], template: customer-notice }] }]
announcements: ${announcements}
`;

function previewOf(messages: string, announcements = '[]') {
  const text = plan(messages, announcements);
  const report = reportPlan(createPlanLanguage(registry), { text, file: 'launch.yaml' }, NOON);
  if (!report.ok) throw new Error(report.problems.map(({ message }) => message).join('\n'));
  return report.messages;
}

describe('the messages of a plan, before it runs', () => {
  it('read as they would when it has just begun, and show what is missing', () => {
    const [held, told] = previewOf(
      '{ words: { summary: One click } }',
      "[{ on: held, to: [team], title: '{{ launch.title }}: {{ facts.cause }}', text: '{{ facts.startedAt }}', again: 30m }]",
    );
    expect(held).toEqual({
      when: 'held',
      to: ['team'],
      again: 1_800_000,
      title: 'One click: [not known]',
      text: '2026-11-24T12:00:00+01:00',
    });
    expect(told).toMatchObject({ when: 'Tell', to: ['team', 'mail'], again: null, title: 'New: One click' });
    expect(told?.text).toContain('[not known]');
  });

  it('come in the language of the plan', () => {
    expect(previewOf('{ language: fr }')[0]).toMatchObject({ title: 'Nouveau : [inconnu]' });
  });

  it('say whose words they have, who is called and which quiet hours they wait for', () => {
    const quiet = '{ quiet: [{ to: [mail], hours: 22:00-07:00 }] }';
    const [held, started, told] = previewOf(
      quiet,
      "[{ on: held, to: [mail], template: incident-p0, mention: ['@florian'] }, { on: started, to: [all], title: T, text: T }]",
    );
    expect(held).toMatchObject({ from: 'shipped', mention: ['florian'] });
    expect(held).not.toHaveProperty('quiet');
    expect(started).toMatchObject({ quiet: ['mail: 22:00-07:00 Europe/Paris'] });
    expect(started).not.toHaveProperty('from');
    expect(told).toMatchObject({ from: 'shipped', quiet: ['mail: 22:00-07:00 Europe/Paris'] });
  });

  it('say why where a text cannot be written', () => {
    const [odd] = previewOf('{}', '[{ on: held, to: [team], title: T, text: \'{{ "now" | date: "%Y" }}\' }]');
    expect(odd?.text).toContain('cannot read the clock');
  });
});
