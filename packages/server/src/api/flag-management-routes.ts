import { KillAnnouncer } from '../flags/announce/announce-kill.ts';
import type { App } from './app.ts';
import { flagCommandRoutes } from './flag-command-routes.ts';
import { flagKeyRoutes } from './flag-key-routes.ts';
import { flagRoutes } from './flag-routes.ts';
import type { FlagServices } from './flag-services.ts';
import type { Services } from './services.ts';

/** Flags as people manage them. */
export function flagManagementRoutes(app: App, services: Services): void {
  const managing: FlagServices = { ...services, killAnnouncer: new KillAnnouncer(services) };
  flagRoutes(app, managing);
  flagCommandRoutes(app, managing);
  flagKeyRoutes(app, managing);
}
