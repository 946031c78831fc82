import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGES } from './pages.ts';
import { ROOT } from './page.ts';

// Writes the pages of docs/reference that are made from schemas, the command's help and the running API.
for (const [file, make] of Object.entries(PAGES)) {
  await writeFile(join(ROOT, file), await make());
  console.log(file);
}
