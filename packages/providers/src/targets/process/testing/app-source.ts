/**
 * A small HTTP app as teams write them, for tests; plain JavaScript, written to a folder of the test's own.
 * Arguments, any of: `slow-start` never listens · `unready` answers 503 · `crash` ends at once · `crash-once` ends at its first
 * start · `stubborn` ignores SIGTERM · `child` starts a child that holds a second port. Those in the file `told` are added.
 */
export const appSource = `
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const told = existsSync('told') ? readFileSync('told', 'utf8').split(' ') : [];
const modes = [...process.argv.slice(2), ...told];
const { HOST, GREETING = '', SECRET = '', SLIPWAY_VERSION, SLIPWAY_ENVIRONMENT } = process.env;
const port = Number(process.env.PORT ?? process.env.LISTEN_ON);

mkdirSync('pids', { recursive: true });
writeFileSync('pids/' + process.pid, String(port));
if (modes.includes('crash')) {
  console.log('reading the configuration');
  console.error('the secret is ' + SECRET + ', the database is missing');
  process.exit(3);
}
if (modes.includes('crash-once') && !existsSync('crashed')) {
  writeFileSync('crashed', '');
  process.exit(4);
}
if (modes.includes('child') && process.env.ROLE !== 'child') {
  // In a session of its own: neither the group nor the death of its parent reaches it.
  spawn(process.execPath, ['app.mjs'], { env: { ...process.env, PORT: '0', ROLE: 'child' }, detached: true, stdio: 'ignore' }).unref();
}

const server = createServer((request, response) => {
  response.setHeader('connection', 'close');
  const url = new URL(request.url, 'http://app');
  if (url.pathname === '/healthz') {
    response.statusCode = modes.includes('unready') ? 503 : 200;
    response.end();
  } else if (url.pathname === '/crash') {
    process.exit(1);
  } else if (url.pathname === '/slow') {
    response.write('begun ');
    setTimeout(() => response.end('done'), Number(url.searchParams.get('ms')));
  } else {
    response.end(JSON.stringify({ version: SLIPWAY_VERSION, environment: SLIPWAY_ENVIRONMENT, greeting: GREETING, secretLength: SECRET.length, variables: Object.keys(process.env).sort(), pid: process.pid }));
  }
});
process.on('SIGTERM', () => {
  if (modes.includes('stubborn')) return;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
if (modes.includes('slow-start')) setInterval(() => undefined, 60_000);
else server.listen(port, HOST);
`;
