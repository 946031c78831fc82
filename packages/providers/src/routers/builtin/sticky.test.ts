import { expect, it } from 'vitest';
import { recognise } from './sticky.ts';

const byCookie = { cookie: 'sid' };
const byHeader = { header: 'x-user' };
const fresh = 'sid=new; Path=/; HttpOnly; SameSite=Lax';

it.each([
  ['no stickiness', null, { cookie: 'sid=1' }, null, null],
  ['a header', byHeader, { 'x-user': 'ada' }, 'ada', null],
  ['a header twice', byHeader, { 'x-user': ['ada', 'grace'] }, 'ada, grace', null],
  ['no header', byHeader, {}, null, null],
  ['an empty header', byHeader, { 'x-user': '' }, null, null],
  ['a cookie', byCookie, { cookie: 'sid=abc' }, 'abc', null],
  ['a cookie among others', byCookie, { cookie: 'a=1; xsid=2; sid=abc; sid=def' }, 'abc', null],
  ['a cookie without blanks', byCookie, { cookie: 'a=1;sid=abc=d' }, 'abc=d', null],
  ['no cookie', byCookie, {}, 'new', fresh],
  ['another cookie', byCookie, { cookie: 'SID=1; side=2; sid' }, 'new', fresh],
  ['an empty cookie', byCookie, { cookie: 'sid=' }, 'new', fresh],
])('%s', (_what, sticky, headers, key, setCookie) => {
  expect(recognise(sticky, headers, () => 'new')).toEqual({ key, setCookie });
});
