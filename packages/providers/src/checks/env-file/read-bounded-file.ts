import { open, stat } from 'node:fs/promises';
import { TerminalError } from '@slipway/provider-kit';

/** The text of a file of at most `maxBytes`; null where there is none. Throws TerminalError where it cannot be read, is larger or is no file. */
export async function readBoundedFile(path: string, maxBytes: number): Promise<string | null> {
  try {
    // Opening a named pipe would wait for a writer, and nothing could end that.
    if (!(await stat(path)).isFile()) throw new TerminalError(`${path} is not a file`);
    await using file = await open(path, 'r');
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length <= maxBytes; length += read) {
      read = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    if (length > maxBytes) throw new TerminalError(`${path} is larger than ${maxBytes} bytes`);
    return buffer.toString('utf8', 0, length);
  } catch (error) {
    if (error instanceof TerminalError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return null;
    throw new TerminalError(`${path} cannot be read (${code})`);
  }
}
