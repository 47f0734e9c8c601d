/**
 * One message that was to be sent, keyed by client, run, step, visit and channel.
 * claimed → sent | failed | indeterminate; or skipped with no claim at all.
 */
export interface Send {
  id: string;
  contact: string;
  run: string;
  journey: string;
  version: number;
  step: string;
  visit: number;
  channel: 'email' | 'sms' | 'push' | 'team';
  /** ISO: when the claim was committed or the skip decided. */
  at: string;
  status: 'claimed' | 'sent' | 'skipped' | 'failed' | 'indeterminate';
  /** Kebab-case reason of skipped, failed, indeterminate: `quiet-hours`, `no-consent`, `suppressed`, `stale`, `cap`, `missing-variable`, `holdout`, `no-address`, `not-accepted`, … */
  reason?: string;
  /** Of `missing-variable`: which, as the template writes it. */
  missing?: string;
  template?: string;
  topic?: string;
  subject?: string;
  /** Of a text: as how many it is paid. */
  parts?: number;
  providerId?: string;
  /** Who holds the claim (fence); a later writer with another owner loses. */
  owner?: string;
  sentAt?: string;
  /** Claims so far; more than one only where the provider surely did not accept. */
  attempts?: number;
  /** `failed`, but surely not accepted: the step may claim it again. */
  again?: boolean;
  /** The journey asks whether it arrived: a report of that is an event, not only a member here. */
  awaited?: boolean;
  /** First time of each, by feedback; the strictest state wins. */
  deliveredAt?: string;
  openedAt?: string;
  clickedAt?: string;
  bouncedAt?: string;
  /** The mailbox will never take it. */
  hardBouncedAt?: string;
  complainedAt?: string;
}
