import { serveDaemon } from '../../../daemon/index.ts';
import { supervisorVersion } from '../supervisor-wire.ts';
import { openSupervisor } from './service.ts';

await serveDaemon({ version: supervisorVersion, open: openSupervisor });
