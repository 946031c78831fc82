import { connect, type Socket } from 'node:net';
import { type HttpAnswer, AnswerReader } from './answer-reader.ts';

interface Waiting {
  readonly request: string;
  readonly answered: PromiseWithResolvers<HttpAnswer>;
}

/** So many connections to one server, kept open, as a proxy in front of it has them: each with one request at a time. */
export class KeptConnections {
  readonly #port: number;
  readonly #most: number;
  readonly #idle: Socket[] = [];
  readonly #busy = new Map<Socket, Waiting>();
  readonly #waiting: Waiting[] = [];
  #open = 0;

  constructor(port: number, most: number) {
    this.#port = port;
    this.#most = most;
  }

  ask(request: string): Promise<HttpAnswer> {
    const waiting: Waiting = { request, answered: Promise.withResolvers() };
    const socket = this.#idle.pop() ?? (this.#open < this.#most ? this.#connect() : null);
    if (socket === null) this.#waiting.push(waiting);
    else this.#send(socket, waiting);
    return waiting.answered.promise;
  }

  #connect(): Socket {
    this.#open += 1;
    const socket = connect(this.#port, '127.0.0.1').setNoDelay(true);
    const reader = new AnswerReader();
    socket.on('data', (chunk) => {
      for (const answer of reader.read(chunk)) this.#answered(socket, answer);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#gone(socket));
    return socket;
  }

  #send(socket: Socket, waiting: Waiting): void {
    this.#busy.set(socket, waiting);
    socket.write(waiting.request);
  }

  #answered(socket: Socket, answer: HttpAnswer): void {
    this.#busy.get(socket)?.answered.resolve(answer);
    this.#busy.delete(socket);
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(socket);
    else this.#send(socket, next);
  }

  /** What was on its way is asked again: the server closes what was idle for long, and may do so just now. */
  #gone(socket: Socket): void {
    this.#open -= 1;
    const idle = this.#idle.indexOf(socket);
    if (idle >= 0) this.#idle.splice(idle, 1);
    const lost = this.#busy.get(socket);
    this.#busy.delete(socket);
    if (lost !== undefined) this.#send(this.#connect(), lost);
  }
}
