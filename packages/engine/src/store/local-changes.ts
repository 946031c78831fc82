import { type ChangeListener, type Changes, isBroadcastable } from '../ports/changes.ts';
import { ChangeListeners } from './change-listeners.ts';

/** For a database that belongs to one process. `onError`: told of listeners that throw. */
export function createLocalChanges(onError: (error: unknown) => void = () => {}): Changes {
  const listeners = new ChangeListeners<Parameters<ChangeListener>>(onError);
  const hearers = new ChangeListeners<[string]>(onError);
  return {
    publish: (launch, version) => void setImmediate(() => listeners.tell(launch, version ?? null)),
    listen: (listener) => listeners.add(listener),
    broadcast: async (...messages) => {
      for (const message of messages.filter(isBroadcastable)) setImmediate(() => hearers.tell(message));
    },
    onBroadcast: (listener) => hearers.add(listener),
    close: async () => {
      listeners.clear();
      hearers.clear();
    },
  };
}
