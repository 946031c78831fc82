import { Liquid } from 'liquidjs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { testVariables } from '../testing/variables.ts';
import { renderConfig } from './render-config.ts';
import { renderText } from './render-text.ts';

describe('renderText', () => {
  test.each([
    ['plain', 'plain'],
    ['{{ artifact.name }} {{ artifact.version }} is live', 'shop 2.2.0 is live'],
    ['{{ artifact.git }}', ''],
    ['{{ facts.cause | default: "unknown" }}', 'unknown'],
    ['{% if facts.exposure > 100 %}many{% else %}few{% endif %}', 'many'],
    ['{{ facts.startedAt | date: "%H:%M %z" }}', '10:00 +0100'],
    ['{{ facts.startedAt | date: "%H:%M", "America/New_York" }}', '04:00'],
    ['{{ "2026-11-24T10:00" | date: "%H:%M %z" }}', '10:00 +0000'],
    ['{{ launch.title | upcase }} by {{ person }}', 'FASTER CHECKOUT by rm@shop.example'],
  ])('%s', (template, text) => {
    expect(renderText(template, testVariables)).toEqual({ ok: true, text });
  });

  test.each([
    ['{{ artifact.versio }}', 'there is no variable "artifact.versio"'],
    ['{{ artifact.constructor }}', 'there is no variable "artifact.constructor"'],
    ['{{ nope }}', 'there is no variable "nope"'],
    ['{{ person | shout }}', 'there is no filter "shout"'],
    ['{{ person', '"{{ person" is not closed'],
    ['{% if person %}', 'the tag {% if person %} is not closed'],
    ['{% include "/etc/passwd" %}', 'there is no tag "include"'],
    ['{% render "x" %}', 'there is no tag "render"'],
    ['{% layout "x" %}', 'there is no tag "layout"'],
    ['{{ "now" | date: "%Y" }}', 'the filter "date" cannot read the clock: give it facts.startedAt'],
    [
      '{% assign x = "today" %}{{ x | date_to_xmlschema }}',
      'the filter "date_to_xmlschema" cannot read the clock: give it facts.startedAt',
    ],
    ['{% for i in (1..100000000) %}{% endfor %}', 'the template takes too much memory'],
    [`{% for i in (1..9000) %}${'x'.repeat(10)}{% endfor %}`, 'the text is longer than 40000 characters'],
    [`{{ person }}${'x'.repeat(20_001)}`, 'the template is too long'],
  ])('%s is refused', (template, reason) => {
    expect(renderText(template, testVariables)).toEqual({ ok: false, reason });
  });

  test('a template that never ends is stopped', () => {
    const loop = '{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}';
    expect(renderText(loop, testVariables).ok).toBe(false);
  });

  test('does not render what a value brings in', () => {
    const artifact = { ...testVariables.artifact, git: '{{ person }}' };
    expect(renderText('{{ artifact.git }}', { ...testVariables, artifact })).toEqual({
      ok: true,
      text: '{{ person }}',
    });
  });
});

describe('renderConfig', () => {
  test('renders every text and leaves the rest', () => {
    const config = {
      url: 'https://{{ artifact.name }}',
      port: 1,
      deep: [{ on: true, tag: 'v{{ artifact.version }}' }, null],
    };
    expect(renderConfig(config, testVariables)).toEqual({
      ok: true,
      value: { url: 'https://shop', port: 1, deep: [{ on: true, tag: 'v2.2.0' }, null] },
    });
  });

  test('says where it fails', () => {
    const config = { deep: ['x', { tag: '{{ artifact.tag }}' }] };
    const reason = 'there is no variable "artifact.tag"';
    expect(renderConfig(config, testVariables)).toEqual({ ok: false, reason, path: ['deep', 1, 'tag'] });
  });

  test('keeps a key that is called __proto__ a key', () => {
    const rendered = renderConfig(JSON.parse('{"__proto__": {"a": "x"}}'), testVariables);
    expect(rendered.ok && JSON.stringify(rendered.value)).toBe('{"__proto__":{"a":"x"}}');
  });
});

test('an engine is made for the first template, and for nothing else', () => {
  const make = vi.spyOn(Liquid.prototype, 'registerFilter');
  onTestFinished(() => make.mockRestore());
  expect(renderConfig({ a: ['plain', 1], b: 'text' }, testVariables).ok).toBe(true);
  expect(make).not.toHaveBeenCalled();
  const calls = (json: readonly string[]): number => {
    make.mockClear();
    expect(renderConfig(json, testVariables).ok).toBe(true);
    return make.mock.calls.length;
  };
  const one = calls(['{{ artifact.name }}']);
  expect(one).toBeGreaterThan(0);
  expect(calls(['{{ artifact.name }}', '{{ artifact.version }}'])).toBe(one);
});
