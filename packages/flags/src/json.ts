export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What is told of a flag or a flag set besides: flagd allows scalars only. */
export type Metadata = Readonly<Record<string, string | number | boolean>>;
