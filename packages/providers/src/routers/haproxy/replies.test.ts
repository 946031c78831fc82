import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { refuseReply } from './backend.ts';
import { hostPort, readServerStates, readStat } from './replies.ts';

describe('readStat', () => {
  const [row] = readStat('# pxname,svname,stot,last_chk,\napp,web1,12,"a, ""b""",\n\n');
  it('reads texts, also quoted ones, and numbers', () => {
    expect(row?.text('svname')).toBe('web1');
    expect(row?.text('last_chk')).toBe('a, "b"');
    expect(row?.number('stot')).toBe(12);
  });

  it.each([
    ['a column that is not there', () => row?.number('hrsp_2xx'), /has no hrsp_2xx/],
    ['a text for a number', () => row?.number('svname'), /no number for svname of web1/],
    ['an empty answer', () => readStat(''), /cannot be read/],
    ['another answer', () => readStat('Unknown\x1b command\n'), /begins with "Unknown\? command"/],
  ])('refuses %s', (_what, read, message) => {
    expect(read).toThrow(RetryableError);
    expect(read).toThrow(message);
  });
});

describe('readServerStates', () => {
  const header = '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_port';
  it('reads name, address, orders and weight', () => {
    const states = readServerStates(`1\n${header}\n3 app 1 web1 ::1 2 5 13 80\n`);
    expect(states).toEqual([{ name: 'web1', address: '[::1]:80', admin: 5, weight: 13 }]);
    expect(readServerStates(`1\n${header}\n`)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['another format', `2\n${header}\n`],
    ['a line that is too short', `1\n${header}\n3 app 1 web1\n`],
    ['a name that ends a command', `1\n${header}\n3 app 1 a;b ::1 2 5 13 80\n`],
  ])('refuses %s', (_what, reply) => {
    expect(() => readServerStates(reply)).toThrow(RetryableError);
  });
});

it.each([
  ['127.0.0.1', 80, '127.0.0.1:80'],
  ['0:0:0:0:0:0:0:1', 80, '[::1]:80'],
  ['FE80::0A', 80, '[fe80::a]:80'],
])('writes %s and %i as %s', (host, port, text) => {
  expect(hostPort(host, port)).toBe(text);
});

it.each([
  ['Permission denied\n', /level admin/],
  ['permission denied', /level admin/],
  ['No such proxy.\n', /no backend app/],
  ["Can't find backend.\n", /no backend app/],
  ['No such backend.\n', /no backend app/],
  ["Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.\n", /hash-type consistent/],
])('names the refusal %j', (reply, message) => {
  expect(() => refuseReply(reply, 'app')).toThrow(TerminalError);
  expect(() => refuseReply(reply, 'app')).toThrow(message);
});

it('takes an answer for one', () => {
  expect(refuseReply('', 'app')).toBeUndefined();
  expect(refuseReply('Name: HAProxy\n', 'app')).toBeUndefined();
});
