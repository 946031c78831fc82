import { ALERT_SENDERS, type AlertSender } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { SENDERS } from './all-senders.ts';
import { boundedJson, DEEPEST } from './bounded-json.ts';
import type { Received } from './sender.ts';
import { sampleOf, SECRETS, signed } from './testing/signed.ts';

const NOW = Date.now();
const MINUTE = 60_000;

const received = (from: AlertSender, own: Partial<Received> = {}): Received => {
  const body = Buffer.from(JSON.stringify(sampleOf(from, NOW)));
  return { headers: signed(from, body, { now: NOW }), body, now: NOW, ...own };
};
const knows = (from: AlertSender, asked: Received, secrets: readonly string[] = [SECRETS[from]]): boolean =>
  SENDERS[from].knows(asked, secrets.map(SENDERS[from].keyOf));
const read = (from: AlertSender, value: unknown) => SENDERS[from].read(value, received(from));

describe.each(ALERT_SENDERS)('%s', (from) => {
  it('is known by its secret, also while another takes its place', () => {
    expect(knows(from, received(from))).toBe(true);
    const other = from === 'standard' ? `whsec_${'A'.repeat(40)}` : 'another-secret-that-is-long';
    expect(knows(from, received(from), [other, SECRETS[from]])).toBe(true);
    expect([knows(from, received(from), [other]), knows(from, received(from), [])]).toEqual([false, false]);
  });

  it('is not known without headers', () => {
    expect(knows(from, received(from, { headers: {} }))).toBe(false);
  });

  it('tells of an alert', () => {
    const { alerts } = read(from, sampleOf(from, NOW));
    expect(alerts).toMatchObject([{ isFiring: true, labels: { service: 'shop' } }]);
    expect(alerts[0]?.incident).not.toBe('');
  });

  it.each([null, 1, 'x', [], {}, { alerts: 1 }, { event: {} }, { data: 1 }])('does not read %j', (value) => {
    expect(() => read(from, value)).toThrow(/is not what this sender sends/);
  });
});

describe.each(['grafana', 'pagerduty', 'standard'] as const)('%s', (from) => {
  it('signs the body: one other byte, and it is not known', () => {
    const { body } = received(from);
    const changed = Buffer.concat([body, Buffer.from(' ')]);
    expect(knows(from, received(from, { body: changed }))).toBe(false);
  });
});

describe.each(['grafana', 'standard'] as const)('%s', (from) => {
  it.each([
    ['four minutes ago', -4, true],
    ['six minutes ago', -6, false],
    ['in six minutes', 6, false],
  ])('made %s', (_, minutes, expected) => {
    const body = Buffer.from('{}');
    const headers = signed(from, body, { now: NOW + minutes * MINUTE });
    expect(knows(from, { headers, body, now: NOW })).toBe(expected);
  });
});

describe('alertmanager', () => {
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
  it.each([
    ['a password', basic(`anyone:${SECRETS.alertmanager}`), true],
    ['a password with a colon', basic('anyone:a:b'), false],
    ['no password', basic('anyone'), false],
    ['an empty one', basic('anyone:'), false],
    ['another scheme', { authorization: `Digest ${SECRETS.alertmanager}` }, false],
    ['an empty token', { authorization: 'Bearer ' }, false],
  ])('shows %s', (_, headers, expected) => {
    expect(knows('alertmanager', received('alertmanager', { headers }))).toBe(expected);
  });

  it('keeps a hash, and takes one', () => {
    const { keyOf } = SENDERS.alertmanager;
    const key = keyOf(SECRETS.alertmanager);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(keyOf(`sha256:${key}`)).toBe(key);
  });

  const alert = (own: object) => ({ alerts: [{ status: 'firing', labels: { a: 'b' }, ...own }] });
  it.each([
    ['is over', alert({ status: 'resolved' }), { isFiring: false }],
    ['starts anew', alert({ fingerprint: 'f', startsAt: 't2' }), { incident: 'f@t2' }],
    ['has no summary', alert({ labels: { alertname: 'Down' } }), { title: 'Down' }],
    ['has no name', alert({}), { title: 'alert' }],
    ['has lines', alert({ annotations: { summary: 'a\nb\u001b[2J' } }), { title: 'a b [2J' }],
    ['is long', alert({ annotations: { summary: 'x'.repeat(2_000) } }), { title: `${'x'.repeat(198)} …` }],
    [
      'is explained at length',
      alert({ annotations: { summary: 'a', description: 'x'.repeat(9_000) } }),
      { title: 'a' },
    ],
    ['is explained in no text', alert({ annotations: { summary: 'a', values: { B: 1 } } }), { title: 'a' }],
    ['has no annotations', alert({ annotations: null }), { title: 'alert' }],
  ])('tells of one that %s', (_, value, expected) => {
    expect(read('alertmanager', value).alerts[0]).toMatchObject(expected);
  });

  it('is not read where it tells of more than two thousand', () => {
    const [one] = alert({}).alerts;
    expect(read('alertmanager', { alerts: Array(2_000).fill(one) }).alerts).toHaveLength(2_000);
    expect(() => read('alertmanager', { alerts: Array(2_001).fill(one) })).toThrow(/alerts is not/);
  });
});

describe('pagerduty', () => {
  const event = (own: object) => ({ event: { ...(sampleOf('pagerduty', NOW) as { event: object }).event, ...own } });
  it.each([
    ['incident.triggered', true],
    ['incident.reopened', true],
    ['incident.escalated', true],
    ['incident.acknowledged', false],
    ['incident.resolved', false],
    ['incident.annotated', false],
  ])('%s fires: %s', (event_type, isFiring) => {
    expect(read('pagerduty', event({ event_type })).alerts).toMatchObject([{ isFiring, incident: 'PINC1' }]);
  });

  it('tells of no alert where it tells of something else', () => {
    expect(read('pagerduty', event({ event_type: 'pagey.ping' })).alerts).toEqual([]);
  });
});

describe('standard', () => {
  it.each([
    [{ data: { status: 'resolved' } }, { isFiring: false }],
    [{ type: 'incident.resolved', data: {} }, { isFiring: false }],
    [{ data: { status: 'who knows' } }, { isFiring: true }],
    [{ data: { incident: 'i7' } }, { incident: 'i7' }],
    [{ data: {} }, { incident: 'msg_1' }],
    [{ type: 't', data: { n: 1, deep: {}, labels: { n: 2 } } }, { labels: { type: 't', n: '2' } }],
  ])('reads %j', (value, expected) => {
    expect(read('standard', value).alerts[0]).toMatchObject(expected);
  });
});

describe('labels', () => {
  it('are all there, however many they are: one that was cut off might name the launch', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`n${n}`, n]));
    const [told] = read('standard', { data: { ...many, labels: { slipway_launch: 'shop-1' } } }).alerts;
    expect(told?.labels).toMatchObject({ n0: '0', n199: '199', slipway_launch: 'shop-1' });
  });
});

describe('a secret', () => {
  it.each([
    ['alertmanager', 'planted'],
    ['grafana', 'planted'],
    ['pagerduty', 'planted'],
    ['standard', 'whsec_AAAA'],
    ['standard', 'planted-but-no-key-of-standard-webhooks'],
  ] as const)('of %s that cannot be one is refused, and not repeated', (from, secret) => {
    expect(() => SENDERS[from].keyOf(secret)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});

describe('a body', () => {
  const deep = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels));
  it('may be nested so deep, and no deeper', () => {
    expect(boundedJson(deep(DEEPEST))).toBeInstanceOf(Array);
    expect(() => boundedJson(deep(DEEPEST + 1))).toThrow(/nested deeper/);
    expect(() => boundedJson(Buffer.from('['.repeat(200_000)))).toThrow(/nested deeper/);
  });

  it.each(['{"a', '', '{"a":}'])('that is no JSON is refused: %j', (text) => {
    expect(() => boundedJson(Buffer.from(text))).toThrow(/is not JSON/);
  });

  it('may hold texts with any number of brackets', () => {
    const text = `\\"${'['.repeat(40)}`;
    expect(boundedJson(Buffer.from(JSON.stringify({ text })))).toEqual({ text });
  });

  it('is UTF-8', () => {
    expect(() => boundedJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow(/not UTF-8/);
  });
});
