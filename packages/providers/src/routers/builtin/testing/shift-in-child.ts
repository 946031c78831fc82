import { createTestContext } from '@slipway/provider-kit/testing';
import { builtinRouter } from '../index.ts';

/** A process that starts a router, says where it listens, and stays until it is killed. */
const [dataDirectory = '', address = ''] = process.argv.slice(2);
const config = builtinRouter.schema.parse({ listen: 0 });
const split = { revision: 1, backends: { v1: { weight: 100, addresses: [address] } } };
const state = await builtinRouter.shift(config, 'production', split, createTestContext({ dataDirectory }));
process.stdout.write(JSON.stringify(state));
setInterval(() => undefined, 60_000);
