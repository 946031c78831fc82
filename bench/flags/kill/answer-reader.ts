const HEAD_END = '\r\n\r\n';

/** Takes answers with a Content-Length off a connection, one after the other. Costs little, as many of them are read at once. */
export class AnswerReader {
  #unread: Buffer = Buffer.alloc(0);

  /** What came in; gives the answers that are whole now. Throws where the length is not told. */
  read(chunk: Buffer): readonly HttpAnswer[] {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    const answers: HttpAnswer[] = [];
    for (;;) {
      const head = this.#unread.indexOf(HEAD_END);
      if (head < 0) return answers;
      const text = this.#unread.toString('latin1', 0, head);
      const status = Number(text.slice(9, 12));
      const [, length] = /^content-length: *(\d+)/im.exec(text) ?? [];
      if (length === undefined && status !== 304) throw new Error(`an answer does not tell its length: ${text}`);
      const end = head + HEAD_END.length + Number(length ?? 0);
      if (this.#unread.length < end) return answers;
      answers.push({ status, body: this.#unread.toString('utf8', head + HEAD_END.length, end) });
      this.#unread = this.#unread.subarray(end);
    }
  }
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}
