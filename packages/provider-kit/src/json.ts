/** What an event, an evidence item or a wire message may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
