import { serveDaemon } from '../../daemon/index.ts';
import { openRouter } from './open-router.ts';
import { routerVersion } from './router-files.ts';

/** The main file of a router's process. */
await serveDaemon({ version: routerVersion, open: openRouter });
