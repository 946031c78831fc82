import type { LaunchView, Look, StepView } from '@slipway/contract';
import type { Symbols } from '../terminal/symbols.ts';
import type { Style } from './pen.ts';

/** A sign and a colour for a state. The word comes from the messages and stands beside it. */
export interface Mark {
  readonly symbol: string;
  readonly style: Style | null;
}

export function launchMark(state: LaunchView['state'], symbols: Symbols): Mark {
  switch (state) {
    case 'running':
      return { symbol: symbols.active, style: 'cyan' };
    case 'held':
    case 'turning-back':
      return { symbol: symbols.warning, style: 'yellow' };
    case 'rollback-incomplete':
      return { symbol: symbols.failed, style: 'red' };
    case 'completed':
      return { symbol: symbols.passed, style: 'green' };
    case 'scrubbed':
    case 'rolled-back':
      return { symbol: symbols.passed, style: 'yellow' };
  }
}

export function stepMark(state: StepView['state'], symbols: Symbols): Mark {
  switch (state) {
    case 'waiting':
      return { symbol: symbols.waiting, style: 'dim' };
    case 'active':
      return { symbol: symbols.active, style: 'cyan' };
    case 'passed':
      return { symbol: symbols.passed, style: 'green' };
    case 'failed':
      return { symbol: symbols.failed, style: 'red' };
    case 'skipped':
    case 'stopped':
    case 'not-chosen':
      return { symbol: symbols.skipped, style: 'yellow' };
  }
}

export function standingMark(standing: Look['standing'], symbols: Symbols): Mark {
  switch (standing) {
    case 'healthy':
      return { symbol: symbols.passed, style: 'green' };
    case 'too-early':
      return { symbol: symbols.waiting, style: 'cyan' };
    case 'no-data':
    case 'suspect':
      return { symbol: symbols.warning, style: 'yellow' };
    case 'failing':
      return { symbol: symbols.failed, style: 'red' };
  }
}
