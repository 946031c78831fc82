/** Why a calendar file cannot be used: half of what it says would open what it closes. */
export class IcsError extends Error {}
