import { isIPv6 } from 'node:net';
import { RetryableError } from '@slipway/provider-kit';
import { formatListen } from '../builtin/listen.ts';

/** A line of `show stat`. */
export interface StatRow {
  /** Empty where HAProxy says nothing. Throws RetryableError for a column that this HAProxy does not have. */
  text(column: string): string;
  /** Throws RetryableError for what is no number: silence is no zero. */
  number(column: string): number;
}

/** `show stat` in CSV: a header line that begins with `# `, then a line for each server and one for the backend. */
export function readStat(reply: string): readonly StatRow[] {
  const [header = '', ...lines] = reply.trim().split('\n');
  if (!header.startsWith('# pxname,svname,')) throw unreadable('show stat', header);
  const columns = new Map(splitCsv(header.slice(2)).map((column, index) => [column, index]));
  return lines.map((line): StatRow => {
    const fields = splitCsv(line);
    const text = (column: string): string => {
      const value = fields[columns.get(column) ?? -1];
      if (value === undefined) throw new RetryableError(`HAProxy's \`show stat\` has no ${column}`);
      return value;
    };
    const number = (column: string): number => {
      const value = text(column);
      if (/^-?\d+$/.test(value)) return Number(value);
      throw new RetryableError(`HAProxy's \`show stat\` gives no number for ${column} of ${text('svname')}`);
    };
    return { text, number };
  });
}

export interface ServerState {
  readonly name: string;
  readonly address: string;
  /** Bits. */
  readonly admin: number;
  readonly weight: number;
}

/** `show servers state`, format 1: a line of the format's number, one of names, then columns parted by spaces. */
export function readServerStates(reply: string): readonly ServerState[] {
  const [format = '', header = '', ...lines] = reply.trim().split('\n');
  if (format !== '1' || !header.startsWith('# ')) throw unreadable('show servers state', format);
  const columns = header.slice(2).split(' ');
  return lines.map((line) => {
    const fields = line.split(' ');
    const field = (column: string): string => fields[columns.indexOf(column)] ?? '';
    const name = field('srv_name');
    const [admin, weight, port] = ['srv_admin_state', 'srv_uweight', 'srv_port'].map((column) => field(column));
    const whole = [admin, weight, port].every((number) => /^\d+$/.test(number ?? ''));
    if (!whole || !/^[A-Za-z0-9_.:-]+$/.test(name)) throw unreadable('show servers state', line);
    return { name, address: hostPort(field('srv_addr'), Number(port)), admin: Number(admin), weight: Number(weight) };
  });
}

/** The one way to write an address, so that two can be compared. */
export function hostPort(host: string, port: number): string {
  return formatListen({ host: isIPv6(host) ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host, port });
}

function splitCsv(line: string): readonly string[] {
  return [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** The beginning of what HAProxy said, fit for a message of one line. */
export function printable(text: string): string {
  return text
    .trim()
    .slice(0, 200)
    .replaceAll(/[^\x20-\x7e]+/g, '?');
}

function unreadable(command: string, found: string): RetryableError {
  return new RetryableError(`HAProxy's answer to \`${command}\` cannot be read: it begins with "${printable(found)}"`);
}
