import type { Socket } from 'node:net';

/** Reads the first line, at most `maxBytes` long. Rejects with the socket's error, or when it ends before the line does. */
export function readLine(socket: Socket, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      const end = chunk.indexOf(0x0a);
      chunks.push(end === -1 ? chunk : chunk.subarray(0, end));
      bytes += chunk.length;
      if (end !== -1) {
        socket.off('data', onData);
        resolve(Buffer.concat(chunks).toString('utf8'));
      } else if (bytes > maxBytes) {
        reject(new Error(`the message is longer than ${maxBytes} bytes`));
        socket.destroy();
      }
    };
    socket.on('data', onData);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection ended before the message did')));
  });
}
