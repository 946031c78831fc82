import { startShop } from './shop/start-shop.ts';

const { SHOP_VERSION = '1.0.0', HOST = '127.0.0.1', PORT = '3000' } = process.env;

try {
  const shop = await startShop({ version: SHOP_VERSION, host: HOST, port: portOf(PORT) });
  console.log(`shop ${SHOP_VERSION} listens on ${shop.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shop.stop());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error('set PORT to a number from 0 to 65535');
  }
  return port;
}
