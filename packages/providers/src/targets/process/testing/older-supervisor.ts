import { serveDaemon } from '../../../daemon/index.ts';
import { openSupervisor } from '../supervisor/service.ts';

/** As the supervisor of a Slipway from before versions were scaled answers. */
await serveDaemon({ version: 1, open: openSupervisor });
