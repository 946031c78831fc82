import type { Command } from 'commander';
import type { z } from 'zod';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import type { Messages } from './messages/messages.ts';
import { Pen } from './render/pen.ts';
import type { Screen } from './render/screen.ts';
import { hasColor, hasUnicode } from './terminal/capabilities.ts';
import { jsonText } from './terminal/json-text.ts';

const DEFAULT_WIDTH = 100;

/** One run of one verb: what was typed, and where to answer. */
export class Session {
  readonly context: Context;
  readonly m: Messages;
  /** Machine output: exactly the wire object, as one JSON document. */
  readonly json: boolean;
  readonly #command: Command;

  constructor(context: Context, m: Messages, command: Command) {
    this.context = context;
    this.m = m;
    this.#command = command;
    this.json = command.optsWithGlobals()['json'] === true;
  }

  /** The verb's options and those of every verb, checked. Throws Failure. */
  options<T>(schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(this.#command.optsWithGlobals());
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const flag = String(issue?.path[0] ?? '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new Failure('wrong-input', this.m.failures.badOption(flag, whatIsWrong(issue, this.m)));
  }

  /** An argument by its place; '' where it may be left out and was. */
  argument(index: number): string {
    const value: unknown = this.#command.processedArgs[index];
    return typeof value === 'string' ? value : '';
  }

  /** The words of an argument that takes several. */
  list(index: number): readonly string[] {
    const value: unknown = this.#command.processedArgs[index];
    return Array.isArray(value) ? value.map(String) : [];
  }

  print(lines: readonly string[]): void {
    for (const line of lines) this.context.output.write(`${line}\n`);
  }

  printJson(value: unknown): void {
    this.context.output.write(`${jsonText(value)}\n`);
  }

  /** A remark beside the result, such as that a server was started: never in the way of a pipe. */
  note(text: string): void {
    this.context.errors.write(`${this.pen().clean(text)}\n`);
  }

  pen(): Pen {
    return new Pen(this.screen());
  }

  screen(): Screen {
    const { env, output, platform, now } = this.context;
    return {
      // A terminal that does not know its width says 0.
      width: output.columns || Number(env['COLUMNS']) || DEFAULT_WIDTH,
      height: null,
      now: now(),
      color: hasColor(env, output),
      unicode: hasUnicode(env, platform),
      messages: this.m,
      lost: null,
      launchFlag: '',
    };
  }
}

/** In our words: the library's are about types, and in English. */
function whatIsWrong(issue: z.core.$ZodIssue | undefined, { failures }: Messages): string {
  if (issue?.code === 'too_small') return failures.emptyValue;
  return issue?.code === 'too_big' ? failures.longValue(Number(issue.maximum)) : failures.wrongValue;
}
