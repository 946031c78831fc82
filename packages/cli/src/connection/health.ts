import { z } from 'zod';

const healthy = z.object({ ok: z.literal(true) });

/** Whether a server answers there. Anything but a clear yes is a no. */
export async function isHealthy(url: URL): Promise<boolean> {
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(5_000), redirect: 'error' });
    return response.ok && healthy.safeParse(await response.json()).success;
  } catch {
    return false;
  }
}
