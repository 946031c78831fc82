import { plural } from './plural.ts';

/** What is said about documents, commits and bundles of evidence. */
export const reports = {
  commits: (count: number, from: string, to: string) => `${plural(count, 'commit')} from ${from} to ${to}`,
  noRepository: (folder: string) => `${folder} is no git repository: the commits are shown as missing (--repository)`,
  noRef: 'the plan names no tag or commit of this version: the commits are shown as missing (--to)',
  noPrevious: (to: string) => `no version before ${to} is known: the commits are shown as missing (--from)`,
  badRef: (ref: string) => `there is no tag or commit ${ref} in this repository: fetch it, or name another one`,
  tooManyCommits: (most: number) => `there are more than ${most} commits: name a nearer version with --from`,
  gitFailed: (why: string) => `git cannot list the commits: ${why}`,
  badSince: (text: string) => `--since ${text} is no length of time and no date: write 90d, 12w or 2026-09-01`,
  pdfNeedsFile: 'a PDF goes into a file: name it with --out',
  pdfNotRecord: 'the record itself is no PDF as JSON: leave --json out',
  replaced: (count: number) =>
    `${plural(count, 'character')} that the fonts of the PDF do not have are shown as ¤; they are whole as Markdown`,
  replacedNote: (count: number) =>
    `${plural(count, 'character')} that the fonts of this file do not have are shown as ¤.`,
  leadTimes: (known: number, all: number) => `commit times are known of ${known} of ${plural(all, 'deployment')}`,
  keyExists: (file: string) =>
    `${file} exists: bundles signed with it could not be made again; move it away before you create another one`,
  keyMade: (id: string, file: string) => `Key ${id}. Give the public part to those who verify: ${file}`,
  noKey: (file: string) => `there is no key ${file}: slipway record key create makes one`,
  badKey: (file: string) => `${file} is no Ed25519 key in PEM`,
  folderNotEmpty: (folder: string) => `${folder} is there and not empty: name a new folder with --out`,
  bundled: (folder: string, events: number, id: string) =>
    `Written to ${folder}: ${plural(events, 'event')}, signed with key ${id}.`,
  notSigned: (why: string) => `nothing was signed, as the record is not whole: ${why}`,
  needsKey: 'a bundle is verified against the public key of who signed it: name its file with --key',
  bundleWhole: (launch: string, events: number, head: string) =>
    `The bundle of ${launch} is whole and signed: ${plural(events, 'event')}, unchanged and in order. Head of the chain: ${head}`,
  bundleBroken: 'The bundle is NOT as it was signed:',
  fileTooLarge: (file: string) => `${file} is larger than any bundle's`,
  problems: {
    noEnvelope: (file: string) => `${file} is missing or cannot be read as a DSSE envelope`,
    badSignature: 'no signature fits the key: it was signed by somebody else, or changed',
    badStatement: 'what was signed is no statement about a record of this Slipway',
    missing: (file: string) => `${file} is missing`,
    changed: (file: string) => `${file} is not the file that was signed`,
    unknownFile: (file: string) => `${file} was not signed`,
    noEvents: 'there are no events',
    outOfOrder: (seq: number, launch: string, found: number) =>
      `Event ${seq} of ${launch} is missing or out of order: event ${found} stands in its place.`,
    unlinked: (seq: number, launch: string) => `Event ${seq} of ${launch} does not follow from the event before it.`,
    rewritten: (seq: number, launch: string) =>
      `Event ${seq} of ${launch} is not as it was written: its hash does not fit.`,
    unreadable: 'the events cannot be read as a record',
    count: (found: number, signed: number) => `there are ${found} events, ${signed} were signed`,
    head: (found: string, signed: string) => `the last event is ${found}, ${signed} was signed`,
    launch: (found: string, signed: string) => `it is the record of ${found}, that of ${signed} was signed`,
  },
};
