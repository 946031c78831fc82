// `slipway verify` in a process that has started already.
import { Readable, Writable } from 'node:stream';
import { type Context, run, TIMING } from 'slipway';
import { answerQuestions } from '../../process/answering.ts';
import { timed } from '../timed.ts';

export interface Verified {
  readonly milliseconds: number;
  readonly code: number;
  readonly events: number;
  readonly problem: string | null;
}

answerQuestions({
  verify: async (file: string): Promise<Verified> => {
    let out = '';
    const output = new Writable({
      write: (chunk, _, done) => {
        out += String(chunk);
        done();
      },
    });
    const context: Context = {
      cwd: '/',
      env: { LANG: 'C.UTF-8' },
      platform: process.platform,
      now: Date.now,
      input: Readable.from([]),
      output,
      errors: output,
      serverMain: () => {
        throw new Error('verify asks no server');
      },
      onStop: () => () => {},
      timing: TIMING,
    };
    const { milliseconds, value: code } = await timed(() => run(['verify', file, '--json'], context));
    const { events, problem } = JSON.parse(out) as Pick<Verified, 'events' | 'problem'>;
    return { milliseconds, code, events, problem };
  },
});
