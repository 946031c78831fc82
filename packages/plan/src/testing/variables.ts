import type { MessageVariables } from '../template/variables.ts';

export const testVariables: MessageVariables = {
  launch: { name: 'shop-2-2', title: 'Faster checkout', id: 'L1' },
  artifact: { name: 'shop', version: '2.2.0', git: null },
  facts: {
    exposure: 120,
    secondsToRecover: null,
    cause: null,
    startedAt: '2026-11-24T10:00:00+01:00',
    previousVersion: '2.1.0',
  },
  person: 'rm@shop.example',
};
