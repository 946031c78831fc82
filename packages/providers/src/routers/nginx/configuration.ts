import { hash } from 'node:crypto';
import { formatListen, parseListen } from '../builtin/listen.ts';
import { digits } from './buckets.ts';
import { nobody } from './identifiers.ts';
import type { NginxRouterConfig, Sticky } from './schema.ts';
import type { Targets } from './stored-split.ts';

export interface Wanted {
  readonly config: Pick<NginxRouterConfig, 'control' | 'log' | 'sticky'>;
  readonly environment: string;
  readonly prefix: string;
  /** The folder of links. */
  readonly links: string;
  readonly targets: Targets;
  /** See StoredSplit. */
  readonly mark: string;
}

/** The first line: by it Slipway knows its own file. */
export const ownLine = (environment: string): string =>
  `# Slipway writes this file, for the environment ${JSON.stringify(environment)}. What others change in it is lost.`;

export interface Rendered {
  /** What nginx includes in its `http` block. */
  readonly text: string;
  /** What nginx includes in the team's `location`. */
  readonly location: string;
  /** What nginx calls the two once it has them. */
  readonly digest: string;
}

/** It says who may be routed to, and how: which version a request goes to nginx finds in the links, at each request anew. */
export function renderConfiguration(wanted: Wanted): Rendered {
  const { config, environment, prefix, links, targets, mark } = wanted;
  const ids = Object.keys(targets).toSorted();
  const draft = (digest: string): string =>
    [
      ownLine(environment),
      ...keyLines(prefix, config.sticky),
      ...drawLines(prefix),
      `map $${prefix}_key $${prefix}_place {`,
      `  default "${links}/live/${digitsOf(prefix)
        .map((digit) => `$${digit}`)
        .join('/')}";`,
      '}',
      `map $realpath_root $${prefix} {`,
      `  default ${prefix}_${nobody};`,
      ...ids.map((id) => `  "~/to/${id}/or/[0-9a-z]+/0$" ${prefix}_${id};`),
      // A worker of before the last reload may not know a new version yet.
      ...ids.map((id) => `  "~/or/${id}/0$" ${prefix}_${id};`),
      '}',
      `map $http_upgrade $${prefix}_connection {`,
      '  default upgrade;',
      '  "" "";',
      '}',
      ...ids.flatMap((id) => upstreamLines(`${prefix}_${id}`, targets[id]?.addresses ?? [])),
      ...upstreamLines(`${prefix}_${nobody}`, [config.control]),
      `log_format ${prefix} '${logFormat(prefix, mark)}';`,
      'server {',
      `  listen ${canonical(config.control)};`,
      '  access_log off;',
      '  keepalive_timeout 0;',
      `  root ${links}/live;`,
      `  location = ${controlPath(prefix)} {`,
      '    default_type text/plain;',
      `    return 200 "slipway ${digest} $pid ${ids.join(',') || nobody} $realpath_root\\n";`,
      '  }',
      '  location / {',
      '    return 503;',
      '  }',
      '}',
      '',
    ].join('\n');
  const location = renderLocation(wanted);
  const digest = hash('sha256', draft('') + location, 'hex').slice(0, 16);
  return { text: draft(digest), location, digest };
}

function renderLocation({ config, environment, prefix }: Wanted): string {
  return [
    ownLine(environment),
    `root $${prefix}_place;`,
    `proxy_pass http://$${prefix};`,
    'proxy_http_version 1.1;',
    'proxy_set_header Host $http_host;',
    'proxy_set_header Upgrade $http_upgrade;',
    `proxy_set_header Connection $${prefix}_connection;`,
    'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
    ...(isCookie(config.sticky) ? [`add_header Set-Cookie $${prefix}_cookie always;`] : []),
    // One file for both: an answer that breaks off is told of before its request is.
    `access_log ${config.log} ${prefix};`,
    `error_log ${config.log} error;`,
    '',
  ].join('\n');
}

export const controlPath = (prefix: string): string => `/slipway/${prefix}`;

/** Only what nginx itself says: nothing in it is a client's. log-line.ts reads it. */
const logFormat = (prefix: string, mark: string): string =>
  [
    mark,
    '$pid',
    `$${prefix}`,
    '$status',
    '$upstream_status',
    '$upstream_header_time',
    '$upstream_response_time',
    '$request_completion',
    '$msec',
    '$request_time',
    '$connection',
  ].join('|');

function keyLines(prefix: string, sticky: Sticky): readonly string[] {
  if (sticky === undefined) return keyMap('$request_id', prefix);
  if ('header' in sticky) return keyMap(`$http_${sticky.header.toLowerCase().replaceAll('-', '_')}`, prefix);
  const given = `$cookie_${sticky.cookie}`;
  return [
    ...keyMap(given, prefix),
    `map ${given} $${prefix}_cookie {`,
    '  default "";',
    `  "" "${sticky.cookie}=$request_id; Path=/; HttpOnly; SameSite=Lax";`,
    '}',
  ];
}

/** A client that is not recognised is drawn for by its request; by the cookie that it is given it falls into the same place. */
function keyMap(source: string, prefix: string): readonly string[] {
  return [`map ${source} $${prefix}_key {`, `  default ${source};`, '  "" $request_id;', '}'];
}

/** Digits that are drawn for a client, each on its own. */
function drawLines(prefix: string): readonly string[] {
  return digitsOf(prefix).flatMap((digit) => [
    `split_clients "${digit} $${prefix}_key" $${digit} {`,
    ...Array.from({ length: 10 }, (_, value) => `  ${value === 9 ? '*' : '10%'} ${value};`),
    '}',
  ]);
}

const digitsOf = (prefix: string): readonly string[] =>
  Array.from({ length: digits }, (_, place) => `${prefix}_d${place + 1}`);

function upstreamLines(name: string, addresses: readonly string[]): readonly string[] {
  // Shorter than the 5 s after which a Node.js server ends an idle connection: a POST that meets that end is lost.
  const keep = ['  keepalive 32;', '  keepalive_timeout 3s;'];
  return [`upstream ${name} {`, ...addresses.map((address) => `  server ${canonical(address)};`), ...keep, '}'];
}

/** Throws TypeError for what is no address: it would be read as something else. */
function canonical(address: string): string {
  const listen = parseListen(address);
  if (listen === null) throw new TypeError(`${address} is no address: none such is accepted`);
  return formatListen(listen);
}

function isCookie(sticky: Sticky): boolean {
  return sticky !== undefined && 'cookie' in sticky;
}
