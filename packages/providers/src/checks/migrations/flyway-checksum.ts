import { crc32 } from 'node:zlib';

/** Flyway's checksum of a script: CRC-32 over its lines without their ends or a byte order mark, as a signed number of 32 bits. */
export function flywayChecksum(sql: string): number {
  const lines = sql.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  return lines.reduce((sum, line) => crc32(line, sum), 0) | 0;
}
