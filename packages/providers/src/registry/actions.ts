import type { Registry } from '@slipway/provider-kit';
import { commandAction } from '../actions/command/index.ts';

/** Actions by the name that a launch plan gives. */
export const actions = {
  command: commandAction,
} satisfies Registry['actions'];
