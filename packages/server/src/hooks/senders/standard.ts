import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { headerOf } from '../compare.ts';
import { labels, plainAlert, readAs } from '../plain-alert.ts';
import { type Sender, UnreadableAlert, WINDOW } from '../sender.ts';

/** `data` says what is wrong; each of its texts and numbers is a label, and so is each of `labels`. */
const message = z.object({
  type: z.string().max(200).default(''),
  data: z.looseObject({
    incident: z.string().max(300).optional(),
    status: z.string().max(100).optional(),
    title: z.string().max(10_000).optional(),
    labels: labels.default({}),
  }),
});

const KEY = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;

/** Anything that signs as Standard Webhooks says: id, time and body, within five minutes. */
export const standard: Sender = {
  name: 'standard',
  keyOf: (secret) => {
    if (KEY.test(secret)) return secret;
    throw new Error('it is no key of Standard Webhooks: whsec_ and at least 24 bytes in base64');
  },
  knows: ({ headers, body }, keys) => {
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
    const shown = Object.fromEntries(names.map((name) => [name, headerOf(headers, name)]));
    return keys.map((key) => isSigned(key, body, shown)).includes(true);
  },
  read: (value, { headers }) => {
    const id = headerOf(headers, 'webhook-id');
    if (id === '' || id.length > 300) throw new UnreadableAlert('webhook-id is longer than 300 characters');
    const { type, data } = readAs(message, value);
    const { incident, status, title = '', labels: given, ...rest } = data;
    const isFiring = status !== 'resolved' && !type.endsWith('.resolved');
    const own = { type, ...scalarsOf(rest), ...given };
    return {
      id,
      keepFor: 4 * WINDOW,
      madeAt: null,
      alerts: [plainAlert({ isFiring, incident: incident ?? id, title, labels: own })],
    };
  },
};

/** The library compares in constant time and looks at the clock of this machine. */
function isSigned(key: string, body: Buffer, headers: Record<string, string>): boolean {
  try {
    new Webhook(key).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function scalarsOf(data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const texts = Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[key, String(value).slice(0, 2_000)] as const]
      : [],
  );
  return Object.fromEntries(texts);
}
