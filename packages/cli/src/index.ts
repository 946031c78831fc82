export { type Context, TIMING } from './context.ts';
export { run } from './program.ts';
