import { describe, expect, it } from 'vitest';
import { discordChannelSchema } from '../discord/schema.ts';
import { slackAppChannelSchema } from '../slack-app/schema.ts';
import { slackChannelSchema } from '../slack/schema.ts';
import { teamsChannelSchema } from '../teams/schema.ts';
import { knownAs } from './people.ts';

const URL = { url: { env: 'URL' } };
const APP = { token: { env: 'TOKEN' }, channel: 'C0123456789' };
const slack = (people: object) => slackChannelSchema.safeParse({ ...URL, people }).success;
const app = (people: object) => slackAppChannelSchema.safeParse({ ...APP, people }).success;
const discord = (people: object) => discordChannelSchema.safeParse({ ...URL, people }).success;
const teams = (people: object) => teamsChannelSchema.safeParse({ ...URL, people }).success;

describe('people whom a channel can call', () => {
  it.each([
    ['a member of Slack', slack, { florian: 'U0123456789' }, true],
    ['a group of Slack', app, { devops: 'S0123456789' }, true],
    ['a channel of Slack', slack, { devops: 'C0123456789' }, false],
    ['a whole channel of Slack', app, { everybody: 'here' }, false],
    ['markup in the place of an id', slack, { florian: 'U0123456789> <!channel' }, false],
    ['a name that is no name', slack, { '@florian': 'U0123456789' }, false],
    ['a user of Discord', discord, { florian: '123456789012345678' }, true],
    ['a role of Discord', discord, { devops: '&123456789012345678' }, true],
    ['everyone of Discord', discord, { everybody: '@everyone' }, false],
    ['an address of Teams', teams, { florian: 'florian@shop.example' }, true],
    ['an id of Teams', teams, { florian: '49c4641c-ab91-4248-aebb-6a7de286397b' }, true],
    ['markup in the place of an address', teams, { florian: '<at>x@y</at>' }, false],
    [
      'more than anybody needs',
      slack,
      Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`p${at}`, 'U0123456789'])),
      false,
    ],
  ])('%s: %#', (_what, accepts, people, is) => {
    expect(accepts(people)).toBe(is);
  });

  it('are known by their own names only', () => {
    expect([knownAs({ florian: 'U1' }, 'florian'), knownAs({}, 'constructor'), knownAs(undefined, 'florian')]).toEqual([
      'U1',
      null,
      null,
    ]);
  });
});
