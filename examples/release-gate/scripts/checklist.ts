// node scripts/checklist.ts FILE
// Ends with 1 where a box of the checklist is not ticked, or there is none.
import { readFileSync } from 'node:fs';

const [file = ''] = process.argv.slice(2);

try {
  const boxes = [...readFileSync(file, 'utf8').matchAll(/^\s*- \[(.)\] (.+)$/gm)];
  const open = boxes.filter(([, mark]) => mark?.toLowerCase() !== 'x').map(([, , text]) => text);
  if (boxes.length === 0) throw new Error(`${file} has no checklist`);
  if (open.length > 0) throw new Error(`not ticked: ${open.join('; ')}`);
  console.log(`${boxes.length} of ${boxes.length} ticked`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
