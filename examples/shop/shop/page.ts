import { PRODUCTS, type Product } from './catalogue.ts';
import type { Release } from './release.ts';

/** The shop's only page. Releases are ours, so their texts need no escaping beyond what they are written with. */
export function pageOf(release: Release): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hearth &amp; Harbour</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
header { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
small { opacity: 0.7; }
ul.goods { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: 1rem; padding: 0; }
ul.goods li { list-style: none; border: 1px solid #8884; border-radius: 0.75rem; padding: 1rem; }
ul.goods span { display: block; font-size: 2.5rem; }
button { font: inherit; border: 0; border-radius: 0.5rem; padding: 0.4rem 1rem; background: #0b6e4f; color: #fff; cursor: pointer; }
output { display: block; min-height: 1.5rem; margin: 1rem 0; font-weight: 600; }
</style>
</head>
<body>
<header><h1>Hearth &amp; Harbour</h1><small>version ${release.version}</small></header>
<p>${release.headline}</p>
<output id="said" aria-live="polite"></output>
<ul class="goods">
${PRODUCTS.map(card).join('\n')}
</ul>
<h2>New</h2>
<ul>${release.features.map((feature) => `<li>${feature}</li>`).join('')}</ul>
<script>
const said = document.querySelector('#said');
document.querySelector('.goods').addEventListener('click', async ({ target }) => {
  if (!target.dataset.product) return;
  const body = JSON.stringify({ lines: [{ product: target.dataset.product, quantity: 1 }] });
  const answer = await fetch('/api/checkout', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  said.textContent = answer.ok ? 'Thank you! It is on its way.' : 'Sorry, that did not work (' + answer.status + ').';
});
</script>
</body>
</html>
`;
}

function card({ id, name, emoji, cents }: Product): string {
  const price = (cents / 100).toFixed(2);
  return `<li><span>${emoji}</span>${name}<p>${price} €</p><button data-product="${id}">Buy</button></li>`;
}
