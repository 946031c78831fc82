import { headerOf, hmac, isSame, sha256 } from '../compare.ts';
import { isWithin, type Sender, WINDOW } from '../sender.ts';
import { keptSecret } from './kept-secret.ts';
import { readGroup } from './alert-group.ts';

const GRAFANA_SIGNATURE = 'x-grafana-alerting-signature';
/** Its name is the user's to choose in Grafana; this one is asked for. */
const GRAFANA_TIMESTAMP = 'x-grafana-alerting-timestamp';

/**
 * Grafana signs its time in seconds, a colon and the body, in hexadecimal HMAC-SHA256. Without the time anybody who saw a request
 * once could send it for ever, so one without it is refused.
 */
export const grafana: Sender = {
  name: 'grafana',
  keyOf: keptSecret,
  knows: ({ headers, body, now }, keys) => {
    const timestamp = headerOf(headers, GRAFANA_TIMESTAMP);
    const signature = headerOf(headers, GRAFANA_SIGNATURE);
    if (!/^\d{1,12}$/.test(timestamp) || !isWithin(Number(timestamp) * 1000, now)) return false;
    return keys.map((key) => isSame(hmac(key, `${timestamp}:`, body), signature)).includes(true);
  },
  read: (value, { headers, body }) => ({
    id: sha256(Buffer.concat([Buffer.from(`${headerOf(headers, GRAFANA_TIMESTAMP)}:`), body])),
    keepFor: 4 * WINDOW,
    madeAt: null,
    alerts: readGroup(value),
  }),
};
