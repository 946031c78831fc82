/** Polls until it holds; throws after 20 s. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited too long for: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
