export { processTarget } from './process-target.ts';
export { shutdownEnvironment } from './shutdown-environment.ts';
