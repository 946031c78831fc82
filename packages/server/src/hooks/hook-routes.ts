import { apiError, hookReceived } from '@slipway/contract';
import { z } from 'zod';
import type { App } from '../api/app.ts';
import { Refusal } from '../api/refusal.ts';
import type { Services } from '../api/services.ts';
import { RequestRate } from '../flags/http/request-rate.ts';

/** The largest request, in bytes. */
const BODY_LIMIT = 1024 * 1024;
/** Requests a second, over ten seconds: of one sender, which groups its alerts; and unsigned, from one address. */
const MOST_A_SECOND = 20;

/** The same for a sender that nobody knows and a signature that is wrong: nothing is to be learned from it. */
const REFUSED = {
  code: 'unauthenticated',
  message: 'this is not signed by a sender that this server listens to',
} as const;

/** Where programs tell of alerts: verified by what each of them signs with, and never by a person's token. */
export function hookRoutes(app: App, { receiveHook, clock }: Services): void {
  const signed = new RequestRate(MOST_A_SECOND);
  const unsigned = new RequestRate(MOST_A_SECOND);
  void app.register(async (scope: App) => {
    // Signatures are over the bytes, whatever they say that they are.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(
      '/api/v1/hooks/:sender',
      {
        config: { access: 'open' },
        bodyLimit: BODY_LIMIT,
        schema: {
          summary:
            'Takes alerts of alertmanager, grafana, pagerduty or standard; signed by the sender, without a token',
          params: z.strictObject({ sender: z.string().max(100) }),
          response: { 202: hookReceived, '4xx': apiError },
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const { sender } = request.params;
        // Counted apart: others at the same address, as behind a proxy, keep nobody who signs from being heard.
        const admit = (isSigned: boolean): void => {
          const now = clock.running();
          const wait = isSigned ? signed.waitFor(sender, now) : unsigned.waitFor(request.ip, now);
          if (wait === 0) return;
          void reply.header('retry-after', wait);
          // Senders such as Alertmanager send again after 5xx alone.
          const status = isSigned ? 503 : 429;
          throw new Refusal(status, { code: 'too-many', message: `too many requests: come back in ${wait} s` });
        };
        const asked = { headers: request.headers, body, now: clock.now() };
        const reception = await receiveHook(sender, asked, admit);
        switch (reception.is) {
          case 'refused':
            throw new Refusal(401, REFUSED);
          case 'unreadable':
            throw new Refusal(400, { code: 'wrong-input', message: reception.reason });
          case 'known':
            return reply.code(202).send({ known: true, alerts: 0, launches: [] });
          case 'heard': {
            const { alerts, firing, launches } = reception;
            request.log.info({ sender, alerts, firing, launches }, 'alerts were received');
            return reply.code(202).send({ known: false, alerts, launches: [...launches] });
          }
        }
      },
    );
  });
}
