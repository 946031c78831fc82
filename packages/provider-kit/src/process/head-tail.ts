/** How many bytes of a line are looked through for a line break at the edge of a cut. */
const EDGE_BYTES = 4096;

export interface HeadTail {
  push(chunk: Buffer): void;
  /** What was kept, as text, with a note where something was cut. */
  text(): string;
  readonly cut: boolean;
}

/**
 * Keeps the first and the last `limit` bytes of what is pushed, so memory stays the same however much a command prints.
 * It cuts at line breaks where there is one nearby: half a line could hold half a secret, which redaction does not know.
 */
export function createHeadTail(limit: number): HeadTail {
  const head: Buffer[] = [];
  let headBytes = 0;
  const tail: Buffer[] = [];
  let tailBytes = 0;
  let dropped = 0;

  const pushTail = (chunk: Buffer): void => {
    tail.push(chunk);
    tailBytes += chunk.length;
    for (let first = tail[0]; first !== undefined && tailBytes - first.length >= limit; first = tail[0]) {
      tail.shift();
      tailBytes -= first.length;
      dropped += first.length;
    }
  };

  return {
    push(chunk) {
      const forHead = chunk.subarray(0, limit - headBytes);
      if (forHead.length > 0) {
        head.push(forHead);
        headBytes += forHead.length;
      }
      if (forHead.length < chunk.length) pushTail(chunk.subarray(forHead.length));
    },
    text() {
      const kept = Buffer.concat(tail);
      if (dropped === 0 && kept.length <= limit) return Buffer.concat([...head, kept]).toString('utf8');
      const first = endAtLine(Buffer.concat(head));
      const last = startAtLine(kept.subarray(Math.max(0, kept.length - limit)));
      const lost = headBytes + dropped + kept.length - first.length - last.length;
      return `${first.toString('utf8')}[… ${formatBytes(lost)} cut …]\n${last.toString('utf8')}`;
    },
    get cut() {
      return dropped > 0 || tailBytes > limit;
    },
  };
}

/** Bytes in the largest decimal unit that keeps a digit before the point: `812 B`, `1.5 kB`, `199.9 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const LINE_FEED = 0x0a;
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x80 && byte < 0xc0;

function endAtLine(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf(LINE_FEED);
  if (at >= bytes.length - EDGE_BYTES && at >= 0) return bytes.subarray(0, at + 1);
  // A character's bytes start at the first that is no continuation; the last one may be cut in half.
  let end = bytes.length - 1;
  while (end > 0 && isContinuation(bytes[end])) end -= 1;
  return bytes.subarray(0, end);
}

function startAtLine(bytes: Buffer): Buffer {
  const at = bytes.indexOf(LINE_FEED);
  if (at >= 0 && at < EDGE_BYTES) return bytes.subarray(at + 1);
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
}
