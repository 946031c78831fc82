/** What senders of alerts have sent, by the ids that they gave it: what is sent again is not heard again. Times in epoch ms. */
export interface HookDeliveries {
  has(sender: string, id: string, now: number): Promise<boolean>;
  /** Keeps it until then; one that is there already stays. What has had its time goes. */
  keep(sender: string, id: string, times: { readonly now: number; readonly until: number }): Promise<void>;
}
