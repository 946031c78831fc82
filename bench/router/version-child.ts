// What is routed to: answers a kilobyte, and costs as little as Node can.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerQuestions } from '../process/answering.ts';

const answer = Buffer.alloc(1_024, 'x');
const server = createServer((_request, response) => response.end(answer));
server.listen(0, '127.0.0.1');
await once(server, 'listening');

answerQuestions({
  port: () => {
    const address = server.address();
    return address === null || typeof address === 'string' ? 0 : address.port;
  },
});
