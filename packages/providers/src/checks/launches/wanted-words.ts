import { formatDuration, type LaunchedArtifact } from '@slipway/provider-kit';
import type { LaunchesCheckConfig } from './schema.ts';

/** What would prove it, in one sentence: whoever is refused reads what to do. */
export function wantedWords(config: LaunchesCheckConfig, artifact: LaunchedArtifact): string {
  const { launch, same, tier, environment, within, without, lasted } = config;
  const what = same === 'product' ? artifact.name : `${artifact.name} ${artifact.version}`;
  const commit = same === 'product' || artifact.git === null ? '' : ` at ${artifact.git}`;
  const place = environment ?? (tier === undefined ? null : `an environment of tier ${tier}`);
  const isBack = config['way-back'] !== undefined;
  const end = config.ended ?? (isBack ? 'rolled-back' : 'completed');
  return [
    `a launch${launch === undefined ? '' : ` ${launch}`} of ${what}${commit}`,
    ...(same === 'plan' ? ['by this very plan'] : []),
    `that ${end === 'completed' ? 'completed' : 'went back'} within ${formatDuration(within)}`,
    ...(isBack ? ['verified back on the version before'] : []),
    ...(place === null ? [] : [`in ${place}`]),
    ...(lasted === undefined ? [] : [`after it had served for ${formatDuration(lasted)}`]),
    ...(without.length === 0 ? [] : [`with no ${without.join(', no ')}`]),
  ].join(' ');
}
