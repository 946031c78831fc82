export { DEFAULT_LISTEN, STOP_GRACE } from './local/defaults.ts';
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
