/** The record types that the check can ask for. */
export const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'CAA'] as const;

export type AskedType = (typeof RECORD_TYPES)[number];
