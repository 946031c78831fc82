/** What one flag set may hold at most. Generous for people, and small enough for the memory of every server. */
export const LIMITS = {
  flags: 10_000,
  segments: 1_000,
  scheduled: 1_000,
  /** Scheduled changes that are made at a time: a thousand at once would keep a server from answering for seconds. */
  dueAtOnce: 50,
  proposals: 100,
  /** Kills of removed flags that are remembered, the newest. */
  removedKills: 1_000,
  /** JSON characters of one definition, one rule of a ramp, one segment (some 100,000 ids), and all of them together. */
  definition: 262_144,
  rule: 65_536,
  segment: 8_388_608,
  total: 67_108_864,
  /** JSON characters of a flag with the flags that it requires worked into it. */
  workedIn: 1_048_576,
  /** Objects and lists within each other. */
  depth: 64,
  requires: 10,
  /** Flags that require flags. */
  chain: 10,
  audience: 50,
  /** Characters. */
  id: 100,
  name: 200,
  reason: 1_000,
  text: 500,
  channels: 20,
} as const;
