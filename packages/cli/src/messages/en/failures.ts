/** Why something could not be done, and what to do about it. */
export const failures = {
  emptyValue: 'it is empty',
  longValue: (most: number) => `it is longer than ${most} characters`,
  wrongValue: 'this value does not fit',
  badOption: (name: string, why: string) => `--${name}: ${why}`,
  otherVersion: (place: string, why: string) =>
    `the server's answer is not of this version of Slipway (${place}: ${why}): update the older of the two`,
  slow: (url: string) => `the server at ${url} does not answer in time`,
  slowAdvice: ': is it overloaded? Try again',
  nobodyThere: (url: string) => `nothing listens at ${url}`,
  nobodyAdvice: ': start a server with "slipway serve", or name another with --server',
  unreachable: (url: string, why: string) => `the server at ${url} cannot be reached: ${why}`,
  strange: (url: string, status: number) => `${url} answered ${status}, and not as a Slipway server: check --server`,
  unknownToken: (url: string) =>
    `${url} does not know your token: set SLIPWAY_TOKEN, or name a file with --token-file; an admin there makes one with slipway token create`,
  tooLong: (url: string, status: number) =>
    `${url} refuses so long a request (${status}): look at the token and at the names that you gave`,
  brokeOff: (why: string) => `the connection broke off: ${why}`,
  brokeOffAdvice: '. Try again',
  tooLarge: (most: number) => `the answer is larger than ${most} bytes and was not read`,
  noJson: (path: string) => `the answer of ${path} is not JSON: check --server`,
  serverDied: (why: string) => `the server did not start: ${why}`,
  serverNotReady: (why: string) => `the server did not get ready in time: ${why}`,
  noUrl: (text: string) => `${text} is not a server's address: write http://127.0.0.1:7070`,
  secretInUrl: 'no name or password in the address: the token goes into SLIPWAY_TOKEN',
  noToken: 'a named server wants a token: set SLIPWAY_TOKEN, or name a file with --token-file',
  tokenWithoutServer: 'there is a --token-file but no server for it: name one with --server or SLIPWAY_SERVER',
  badToken: 'the token holds characters that no token has: copy it again',
  unreadable: (file: string, why: string) => `${file} cannot be read: ${why}`,
  unwritable: (file: string, why: string) => `${file} cannot be written: ${why}`,
  notSurelyServer: (pid: number) =>
    `process ${pid} does not answer as the server: look at it before you stop it by hand`,
  doesNotEnd: (pid: number) =>
    `the server (process ${pid}) was told to end and still runs: work in flight may be ending; try again`,
  cannotEnd: (pid: number, why: string) => `the server (process ${pid}) cannot be stopped: ${why}`,
  noServerInstalled: 'no Slipway server is installed beside this command: install it, or name one with --server',
  noLocalToken: (folder: string) => `there is no token in ${folder}: start the server there once`,
  othersFile: (file: string) =>
    `${file} belongs to another user and is not trusted: chown it if you know that it is yours; else work in a folder of your own, or name a server with --server`,
  openToOthers: (path: string) => `other users may write ${path}, so it is not trusted: run chmod go-w ${path}`,
  brokenServerFile: (file: string) => `${file} is damaged: stop the server and delete it`,
  nothingRuns: (folder: string | null) =>
    `no server runs ${folder === null ? 'in this folder' : `for ${folder}`} or above: start one with "slipway serve" or "slipway start"`,
  unprotected: (url: string) => `Warning: ${url} is not encrypted; anybody on the way can read the token.`,
  gone: (folder: string) => `the server of ${folder} is gone: start it with "slipway serve"`,
  noPhrase: 'without a terminal the phrase goes into --phrase',
  noLaunch: 'There are no launches yet.',
  noActiveLaunch: 'no launch is active: start one, or name one with --launch',
  severalLaunches: 'several launches are active: name one with --launch',
  retryWhich: 'say which failed step is to run again',
  noPage: (written: string) => `"${written}" is no page: write its number, such as 2`,
  runsAlready: (url: string, pid: number) => `a server runs here already at ${url} (process ${pid})`,
  planOutside: (workspace: string) =>
    `the plan lies outside the server's folder ${workspace}: start a server there, or give --directory`,
  planTooLarge: (file: string) => `${file} is too large for a launch plan: 1 MB is the most`,
  notUtf8: (file: string, offset: number) =>
    `${file} is not UTF-8 at byte ${offset}: save it as UTF-8, which every editor can`,
  noPlan: (file: string) => `there is no ${file} here: write one with "slipway init", or name another file`,
  noRecord: (file: string) => `${file} is not a record in JSON: make one with "slipway report --format json"`,
  badDataFolder: (folder: string, why: string) =>
    `the data folder ${folder} cannot be written (${why}): make it writable, or name another with --data`,
  unexpected: (why: string) => `something unexpected failed: ${why}`,
};
