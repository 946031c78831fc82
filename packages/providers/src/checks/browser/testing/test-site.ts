import type { ServerResponse } from 'node:http';
import type { ReceivedRequest, TestServer } from '@slipway/provider-kit/testing';
import { startTestServer } from '@slipway/provider-kit/testing';

/** Long enough for its size: a picture with few bytes for its area counts as a background and is no LCP. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="teal"/><!--${'x'.repeat(20_000)}--></svg>`;

const document = (body: string, title = 'Shop'): string =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;

const later = (script: string): string => `<script>setTimeout(() => { ${script} }, 50)</script>`;

const PAGES: Readonly<Record<string, string>> = {
  '/': document(`<h1 id="top">The   best
    shop</h1><p hidden>secret offer</p><p>one</p>`),
  '/slow': document('<p>a</p><img src="/slow.svg" width="400" height="300">'),
  '/shift': document(
    `<p style="height:300px;background:teal">moves</p>${later("const block = document.createElement('div'); block.style.height = '300px'; document.body.prepend(block)")}`,
  ),
  '/errors': document(`<p>x</p><script>console.error('boom at order 42'); console.warn('only a warning')</script>
    <script>throw new TypeError('no such thing')</script>`),
  '/missing': document('<p>x</p><img src="/nope-17.png?key=abc"><script>fetch("http://127.0.0.1:1/x")</script>'),
  '/many': document('<p>x</p><script>for (let i = 0; i < 5000; i++) console.error("x".repeat(i) + "y")</script>'),
  '/hangs': document(`<p>x</p>${later('for (;;);')}`),
  '/blank': document(''),
  '/waits': document(`<p>x</p>${later("fetch('/silent?')")}`),
  '/alert': document('<p>x</p><script>alert("stop")</script>'),
  '/login': document(`<form><input name="user"><input name="password" type="password"><button>Go</button></form><p></p>
    <script>
      document.querySelector('form').addEventListener('submit', (event) => {
        event.preventDefault();
        const { user, password } = event.target.elements;
        console.error('typed ' + password.value);
        document.querySelector('p').textContent = 'Welcome ' + user.value;
      });
    </script>`),
  '/basket': document('<p>basket of ${COOKIE}</p>', 'Basket'),
  '/next': document('<a href="/basket">to the basket</a><a class="two">a</a><a class="two">b</a>'),
};

export interface TestSite extends TestServer {
  /** What `/versioned` has from now on. */
  serve(body: string): void;
}

/** A small web shop with everything that can be wrong with a page. `slowMs`: how long its slow picture takes. */
export async function startTestSite(slowMs = 0): Promise<TestSite> {
  let versioned = '';
  const answer = ({ path, headers }: ReceivedRequest, response: ServerResponse): void => {
    const [pathname = ''] = path.split('?');
    const html = pathname === '/versioned' ? document(`<p>version</p>${versioned}`) : PAGES[pathname];
    const type = { 'content-type': 'text/html', 'set-cookie': 'visited=yes' };
    if (pathname === '/silent') return;
    if (pathname === '/download') response.writeHead(200, { 'content-disposition': 'attachment' }).end('data');
    else if (pathname === '/down') response.writeHead(503, type).end(document('<p>down</p>'));
    else if (pathname === '/slow.svg') {
      setTimeout(() => response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(PICTURE), slowMs);
    } else if (html === undefined) response.writeHead(404).end();
    else response.writeHead(200, type).end(html.replace('${COOKIE}', headers.cookie ?? 'nobody'));
  };
  const server = await startTestServer(answer);
  return { ...server, serve: (body) => void (versioned = body) };
}
