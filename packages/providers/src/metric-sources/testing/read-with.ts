import type { Arms, Capability, MetricSourceProvider, Sample } from '@slipway/provider-kit';
import type { TestContextOptions } from '@slipway/provider-kit/testing';
import { contextFor, createTestContext } from '@slipway/provider-kit/testing';

export const ARMS = { environment: 'production', newVersion: '2.5.0', oldVersion: '2.4.0' };

export interface ReadOptions extends TestContextOptions {
  /** Other than ARMS. */
  readonly arms?: Partial<Arms>;
}

/** One reading by a query as it stands in a plan, with what was logged meanwhile. */
export async function readWith<Query, Needs extends Capability>(
  source: MetricSourceProvider<Query, Needs>,
  query: object,
  { arms = {}, ...options }: ReadOptions,
): Promise<Sample & { readonly lines: readonly string[] }> {
  const context = createTestContext(options);
  const given = source.schema.parse(query);
  const sample = await source.read(given, { ...ARMS, ...arms }, contextFor(source.needs, context));
  return { ...sample, lines: context.lines };
}
