import { simulateEngine } from './engine/engine-simulation.ts';
import { Coverage } from './run/coverage.ts';
import { describeLaunch } from './run/describe-launch.ts';
const n = Number(process.argv[2] ?? 200), from = Number(process.argv[3] ?? 1);
const c = new Coverage(); const broken = new Map<string, number[]>();
const t = performance.now();
if (n === 1) { console.log(describeLaunch(await simulateEngine(from))); process.exit(); }
for (let s = from; s < from + n; s++) { const f = await simulateEngine(s); c.add(f.coverage); if (f.broken) { const k = f.broken.message.replace(/[0-9]+/g, '#').slice(0, 110); broken.set(k, [...(broken.get(k) ?? []), s]); } }
const ms = performance.now() - t;
console.log(c.describe()); console.log(`${(n / ms * 1000).toFixed(0)} launches/s`);
for (const [k, v] of [...broken].sort((a, b) => b[1].length - a[1].length)) console.log(v.length, k, v.slice(0, 5));
