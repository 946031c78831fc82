import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { cutAtWord } from '../redaction/cut-at-word.ts';

const NOTE = ' [… line cut]';

export interface LineSplitter {
  push(chunk: Buffer): void;
  /** Hands over what stands after the last line break. */
  end(): void;
}

/** Cuts a stream of bytes into lines of at most `limit` characters, without terminal control codes; the rest of a longer line is dropped. */
export function createLineSplitter(limit: number, onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let overlong = false;

  const take = (part: string): void => {
    if (overlong) return;
    line += part;
    if (line.length <= limit) return;
    overlong = true;
    line = cutAtWord(line, limit - NOTE.length) + NOTE;
  };
  const finish = (): void => {
    const done = line;
    line = '';
    overlong = false;
    onLine(stripVTControlCharacters(done.endsWith('\r') ? done.slice(0, -1) : done));
  };
  const takeText = (text: string): void => {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      take(text.slice(from, at));
      finish();
      from = at + 1;
    }
    if (from < text.length) take(text.slice(from));
  };

  return {
    push: (chunk) => takeText(decoder.write(chunk)),
    end() {
      takeText(decoder.end());
      if (line !== '') finish();
    },
  };
}
