import { serveDaemon } from '../../../daemon/index.ts';
import { openRouter } from '../open-router.ts';

/** As the router of a Slipway from before its protocol had a version answers. */
await serveDaemon({ version: 1, open: openRouter });
