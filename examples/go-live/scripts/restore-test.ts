// node scripts/restore-test.ts FILE
// Reads a backup as a restore would, and ends with 1 where it is not whole.
import { readFileSync } from 'node:fs';

const [file = ''] = process.argv.slice(2);

try {
  const { products } = JSON.parse(readFileSync(file, 'utf8')) as { readonly products: readonly { id?: unknown }[] };
  if (products.length === 0 || products.some(({ id }) => typeof id !== 'string'))
    throw new Error(`${file} is not whole`);
  console.log(`${products.length} products can be restored`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
