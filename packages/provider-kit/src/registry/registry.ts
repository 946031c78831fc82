import type { ActionProvider } from '../action.ts';
import type { ChannelProvider } from '../channel.ts';
import type { CheckProvider } from '../check.ts';
import type { MetricSourceProvider } from '../metric-source.ts';
import type { RouterProvider } from '../router.ts';
import type { TargetProvider } from '../target.ts';

/** Providers by name, one table a kind. An unknown name is an error of its own, never a default. */
export interface Registry {
  readonly actions: Readonly<Record<string, ActionProvider>>;
  readonly checks: Readonly<Record<string, CheckProvider>>;
  readonly targets: Readonly<Record<string, TargetProvider>>;
  readonly routers: Readonly<Record<string, RouterProvider>>;
  readonly metricSources: Readonly<Record<string, MetricSourceProvider>>;
  readonly channels: Readonly<Record<string, ChannelProvider>>;
}
