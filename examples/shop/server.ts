import { startShop } from './shop/start-shop.ts';

const { SHOP_VERSION = '1.0.0', HOST = '127.0.0.1', PORT = '3000' } = process.env;
const { SHOP_FLAGS_URL, SHOP_FLAGS_KEY } = process.env;

try {
  const shop = await startShop({ version: SHOP_VERSION, host: HOST, port: portOf(PORT), flags: flagServer() });
  console.log(`shop ${SHOP_VERSION} listens on ${shop.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shop.stop());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** null: the shop knows no flags. */
function flagServer() {
  if (SHOP_FLAGS_URL === undefined || SHOP_FLAGS_URL === '') return null;
  if (!URL.canParse(SHOP_FLAGS_URL)) throw new Error('set SHOP_FLAGS_URL to the URL of the Slipway server');
  if (SHOP_FLAGS_KEY === undefined || SHOP_FLAGS_KEY === '') throw new Error('set SHOP_FLAGS_KEY to a key for flags');
  return { url: SHOP_FLAGS_URL, key: SHOP_FLAGS_KEY };
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error('set PORT to a number from 0 to 65535');
  }
  return port;
}
