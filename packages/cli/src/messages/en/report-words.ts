/** What the verbs about documents and evidence say of themselves. */
export const reportOptions = {
  as: 'which document (default: report, the whole record)',
  reportFormat: 'markdown to read, json for programs, pdf to print (default: markdown)',
  from: 'the tag or commit of the version before; its commits are not listed',
  to: 'the tag or commit of this version (default: the one that the plan names)',
  repository: 'the git repository of the artifact (default: this folder)',
  since: 'how far back: 90d, 12w or a date such as 2026-09-01 (default: 90d)',
  bundle: 'a new folder for the bundle',
  publicKey: 'the public key (PEM) of who signed the bundle',
  exportKey: 'where to write the public key (default: beside the private one)',
};

export const reportVerbs = {
  hotfixes: 'the hotfixes of several launches, and what was taken back and not mended yet',
  dora: "DORA's four metrics over the launches of this server",
  record: 'evidence of a launch that can be handed on',
  'record key': 'the key that signs bundles of evidence',
  'record key create': 'make a key in the data folder; the private part never leaves it',
  'record bundle': 'write the evidence of a launch into a folder, signed',
};
