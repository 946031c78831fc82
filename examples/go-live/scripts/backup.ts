// node scripts/backup.ts URL FILE
// Writes what the shop at URL holds into FILE, whole or not at all.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [url, file, ...more] = process.argv.slice(2);

try {
  if (url === undefined || file === undefined || more.length > 0) throw new Error('give a URL and a file');
  const response = await fetch(`${url}/api/products`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const { products } = (await response.json()) as { readonly products: unknown };
  if (!Array.isArray(products) || products.length === 0) throw new Error('there is nothing to save');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ at: new Date().toISOString(), products }));
  renameSync(`${file}.new`, file);
  console.log(`${products.length} products in ${file}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
