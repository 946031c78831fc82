import { describe, expect, test } from 'vitest';
import { findingsOf as killFindings, type Kill, type Killed } from '../../../bench/flags/kill/findings.ts';
import { type Compared, findingsOf as ofrepFindings, type Round } from '../../../bench/flags/ofrep/findings.ts';
import { PAIRS } from '../../../bench/flags/ofrep/pairs.ts';
import { findingsOf as sizeFindings } from '../../../bench/flags/size/findings.ts';
import { isMet } from '../../../bench/report/result.ts';

describe('a kill', () => {
  const kill = (last: number, lost = 0): Kill => ({
    sentAt: 1_000,
    answeredAt: 1_020,
    times: [1_010, 1_000 + last],
    lost,
  });
  const killed = (clients: number, ...kills: readonly Kill[]): Killed => ({ label: 'file', clients, kills });

  test.each([
    ['in time', [kill(100), kill(250)], [true, true]],
    ['late once of two', [kill(100), kill(251)], [false, true]],
    ['late once of a hundred', [kill(900), ...Array.from({ length: 99 }, () => kill(100))], [true, true]],
    ['late twice of a hundred', [kill(900), kill(900), ...Array.from({ length: 98 }, () => kill(100))], [false, true]],
    ['with one client that never had it', [kill(100), kill(100, 1)], [false, false]],
    ['that nobody gave', [], [false, false]],
  ])('%s', (_, kills, met) => {
    expect(killFindings([killed(1_000, ...kills)]).goals.map(isMet)).toEqual(met);
  });

  test('of ten thousand clients none may be lost; their time is shown', () => {
    const { goals, tables } = killFindings([killed(10_000, kill(800))]);
    expect(goals.map(isMet)).toEqual([true]);
    expect(tables[0]?.rows[0]).toMatchObject({
      label: 'file, 10,000 clients',
      figures: [1, 800, 800, 800, 780, 20, 10, 0],
    });
  });
});

describe('requests to two servers', () => {
  const round = (cpu: number): Round => ({ cpu, rate: 1_000, p50: 1, p99: 2, requests: 5_000, failed: 0 });
  const [pair] = PAIRS;
  if (pair === undefined) throw new Error('there is no pair');
  const compared = (own: number, peer: readonly number[]): Compared => ({
    pair,
    sides: [
      { label: 'file', is: 'ours on a file', rounds: [round(1)] },
      { label: 'ours', is: 'ours', rounds: [round(own)] },
      ...(peer.length === 0 ? [] : [{ label: 'peer', is: 'peer' as const, rounds: peer.map(round) }]),
    ],
  });

  test.each([
    [50, [390, 400, 410], true],
    [51, [390, 400, 410], false],
    [1, [], false],
  ])('%d µs beside %j µs: met is %s', (own, peer, met) => {
    expect(ofrepFindings([compared(own, peer)], []).goals.map(isMet)).toEqual([met]);
  });

  test('what was not installed leaves figures of our own, and its reason', () => {
    const [table] = ofrepFindings([compared(50, [])], ['no registry']).tables;
    expect(table?.rows.map(({ figures }) => figures.at(-1))).toEqual([null, null]);
    expect(table?.rows[1]?.figures).toEqual([1_000, 1, 2, 50, 20_000, null]);
    expect(table?.notes).toEqual(['no registry']);
  });
});

test('a large set is given as medians, with the least and the most', () => {
  const { tables } = sizeFindings({ flags: 5_000, ids: 100_000 }, [{ text: 'loaded, ms', figures: [3, 1, 2] }]);
  expect(tables[0]).toMatchObject({
    title: '5,000 flags and a segment of 100,000 ids',
    rows: [{ label: 'loaded, ms', figures: [2, 1, 3] }],
  });
});
