import {
  type EvidenceItem,
  formatDuration,
  type LaunchedArtifact,
  type PastEnvironment,
  type PastLaunch,
  type PastLaunches,
} from '@slipway/provider-kit';
import type { LaunchesCheckConfig } from './schema.ts';

/** What a launch is held against. */
export interface Wanted {
  readonly config: LaunchesCheckConfig;
  readonly own: PastLaunches['own'];
  /** Epoch ms. */
  readonly now: number;
}

type Finding = Omit<EvidenceItem, 'verdict'> & { readonly holds: boolean };

/** Everything that is asked of a launch, and what was found. Pure. */
export function criteria(launch: PastLaunch, wanted: Wanted): readonly EvidenceItem[] {
  const found = [
    artifactFinding(launch, wanted),
    ...planFinding(launch, wanted),
    endFinding(launch, wanted),
    withinFinding(launch, wanted),
    ...wayBackFinding(launch, wanted),
    ...incidentFinding(launch, wanted),
    ...servedFinding(launch, wanted),
  ];
  return found.map(({ asked, found: is, expected, holds }) => ({
    asked: `${launch.id}: ${asked}`,
    found: is,
    expected,
    verdict: holds ? 'pass' : 'fail',
  }));
}

const isoTime = (ms: number): string => new Date(ms).toISOString();

const words = ({ name, version, git }: LaunchedArtifact): string =>
  `${name} ${version}${git === null ? '' : ` at ${git}`}`;

function artifactFinding({ artifact }: PastLaunch, { config, own }: Wanted): Finding {
  const asked = 'what was launched';
  const isProduct = artifact.name === own.artifact.name;
  if (config.same === 'product')
    return { asked, found: words(artifact), expected: own.artifact.name, holds: isProduct };
  const isVersion = isProduct && artifact.version === own.artifact.version;
  const isCommit = own.artifact.git === null || artifact.git === own.artifact.git;
  return { asked, found: words(artifact), expected: words(own.artifact), holds: isVersion && isCommit };
}

function planFinding({ planDigest }: PastLaunch, { config, own }: Wanted): readonly Finding[] {
  if (config.same !== 'plan') return [];
  return [
    { asked: 'digest of the plan', found: planDigest, expected: own.planDigest, holds: planDigest === own.planDigest },
  ];
}

/** What was called off before production has gone back just as well. */
function endFinding({ ended }: PastLaunch, { config }: Wanted): Finding {
  const end = config.ended ?? (config['way-back'] === undefined ? 'completed' : 'rolled-back');
  const counts: readonly string[] = end === 'completed' ? ['completed'] : ['rolled-back', 'scrubbed'];
  return {
    asked: 'how it ended',
    found: ended === null ? 'it goes on' : ended.as,
    expected: counts.join(' or '),
    holds: ended !== null && counts.includes(ended.as),
  };
}

/** An end that is still to come, by a clock that was set back, proves nothing. */
function withinFinding({ ended }: PastLaunch, { config, now }: Wanted): Finding {
  return {
    asked: 'when it ended',
    found: ended === null ? 'it goes on' : isoTime(ended.at),
    expected: `within ${formatDuration(config.within)} before ${isoTime(now)}`,
    holds: ended !== null && ended.at <= now && now - ended.at <= config.within,
  };
}

function placesOf({ environments }: PastLaunch, { config }: Wanted): readonly PastEnvironment[] {
  const { tier, environment } = config;
  return environments.filter(
    (each) => (tier === undefined || each.tier === tier) && (environment === undefined || each.name === environment),
  );
}

function placeWords({ tier, environment }: LaunchesCheckConfig): string {
  if (environment !== undefined) return tier === undefined ? environment : `${environment}, of tier ${tier}`;
  return tier === undefined ? 'an environment' : `an environment of tier ${tier}`;
}

function wayBackFinding(launch: PastLaunch, wanted: Wanted): readonly Finding[] {
  if (wanted.config['way-back'] === undefined) return [];
  const backs = placesOf(launch, wanted).flatMap(({ name, back }) => (back === null ? [] : [{ name, ...back }]));
  const texts = backs.map(({ name, to, at }) => `${name} back to ${to ?? 'nothing'} at ${isoTime(at)}`);
  return [
    {
      asked: 'way back',
      found: texts.length === 0 ? 'none was verified' : texts.join('; '),
      expected: `the version before, verified to serve ${placeWords(wanted.config)}`,
      holds: backs.length > 0 && backs.every(({ to }) => to !== null),
    },
  ];
}

function incidentFinding({ incidents }: PastLaunch, { config }: Wanted): readonly Finding[] {
  const { without } = config;
  if (without.length === 0) return [];
  const met = without.filter((each) => incidents.includes(each));
  const found = met.length === 0 ? `no ${without.join(', no ')}` : met.join(', ');
  return [{ asked: 'what happened', found, expected: `no ${without.join(', no ')}`, holds: met.length === 0 }];
}

/** Where it is asked where it served, or how long: of all such environments, as they might have come one after the other. */
function servedFinding(launch: PastLaunch, wanted: Wanted): readonly Finding[] {
  const { lasted, tier, environment } = wanted.config;
  const isAsked =
    lasted !== undefined || (wanted.config['way-back'] === undefined && (tier ?? environment) !== undefined);
  if (!isAsked) return [];
  const { version } = launch.artifact;
  const expected = `${version} verified to serve ${placeWords(wanted.config)}`;
  const since = placesOf(launch, wanted).flatMap(({ servedAt }) => servedAt ?? []);
  const newest = since.length === 0 ? null : Math.max(...since);
  const asked = 'how long it served';
  if (newest === null || launch.ended === null)
    return [{ asked, found: newest === null ? 'it was never verified' : 'it goes on', expected, holds: false }];
  const ms = Math.max(0, launch.ended.at - newest);
  const found = `${formatDuration(ms)}, verified at ${isoTime(newest)}`;
  if (lasted === undefined) return [{ asked, found, expected, holds: true }];
  return [{ asked, found, expected: `${expected}, for ${formatDuration(lasted)} at least`, holds: ms >= lasted }];
}
