import type { ServerResponse } from 'node:http';
import type { ReceivedRequest, TestServer } from '@slipway/provider-kit/testing';
import { startTestServer } from '@slipway/provider-kit/testing';

export const CSRF = 'csrf+value/with=signs&more';
export const SESSION = 'session-of-the-smoke-user';
export const API_TOKEN = 'api-token-of-the-smoke-user';
export const PASSWORD = 'correct horse battery';

const FORM = `<!doctype html><form method="post"><input type="hidden" name="csrf" value="${CSRF.replaceAll('&', '&amp;').replaceAll('+', '&#x2B;')}"></form>`;

/** A small shop: a form with a CSRF field, a session cookie set on the redirect after it, pages behind it, and an API with a token. */
export async function startLoginApp(): Promise<TestServer> {
  return await startTestServer((request, response) => {
    const route = ROUTES[`${request.method} ${request.path}`];
    if (route === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>No such page</h1>');
    else route(request, response);
  });
}

type Route = (request: ReceivedRequest, response: ServerResponse) => void;

const json = (response: ServerResponse, status: number, value: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

const isSignedIn = ({ headers }: ReceivedRequest): boolean => (headers.cookie ?? '').includes(`sid=${SESSION}`);

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /login': (_request, response) => {
    const cookies = ['visitor=abc; Path=/', 'lang=fr; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/'];
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': cookies }).end(FORM);
  },
  'POST /login': ({ body, headers }, response) => {
    const form = new URLSearchParams(body);
    const isRight = form.get('password') === PASSWORD && form.get('csrf') === CSRF;
    if (!isRight || !(headers.cookie ?? '').includes('visitor=abc')) {
      response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Wrong password or form</h1>');
      return;
    }
    const session = `sid=${SESSION}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600`;
    response.writeHead(302, { location: '/account', 'set-cookie': session }).end();
  },
  'GET /account': (request, response) => {
    if (isSignedIn(request))
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome back, smoke</h1>');
    else response.writeHead(302, { location: '/login' }).end();
  },
  'POST /api/token': (request, response) => {
    if (isSignedIn(request)) json(response, 200, { access_token: API_TOKEN, expires: 3600 });
    else json(response, 401, { error: 'unauthorized' });
  },
  'POST /api/orders': ({ headers, body }, response) => {
    if (headers.authorization !== `Bearer ${API_TOKEN}`) json(response, 401, { error: 'unauthorized' });
    else json(response, 201, { id: 42, items: (JSON.parse(body) as { cart: number[] }).cart, note: null });
  },
  'GET /api/orders/42': (_request, response) => json(response, 200, { id: 42, state: 'paid', items: [1, 2, 3] }),
};
