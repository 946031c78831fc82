export * from './language.ts';
export * from './launch-command.ts';
export * from './launch-view.ts';
export * from './person.ts';
export * from './plan-request.ts';
export * from './record.ts';
export * from './server-info.ts';
