import { Option } from 'commander';

/** `--urgency`, in place of the urgency of the plan's calendar. */
export function urgencyOption(words: string): Option {
  return new Option('--urgency <class>', words).choices(['normal', 'hotfix-p1', 'hotfix-p2']);
}
