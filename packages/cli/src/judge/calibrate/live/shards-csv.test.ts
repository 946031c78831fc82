import { expect, test } from 'vitest';
import { messagesFor } from '../../../messages/messages-for.ts';
import { readShards } from '../read-shards.ts';
import { shardsCsv } from './shards-csv.ts';

test('a table says the same when it is read again', () => {
  const series = [
    { units: [3, 1], bad: [0, 1] },
    { units: [0, 0], bad: [0, 0] },
    { units: [7, 0], bad: [7, 0] },
  ];
  const text = [...shardsCsv({ names: ['10.0.0.1:80', 'b (2)'], series })].join('');
  expect(text).toBe('second,shard,units,bad\n0,10.0.0.1:80,3,0\n0,b (2),1,1\n2,10.0.0.1:80,7,7\n');
  expect(readShards(text, 'shards.csv', messagesFor('en'))).toEqual(series);
});
