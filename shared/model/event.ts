import type { Touch } from './touch.ts';

/**
 * Everything that happens to a contact is one event item in its partition: what websites post,
 * what mailboxes answer, what colleagues decide, what our own steps change.
 */
export interface ContactEvent {
  /** messageId or idempotency key of the sender, else derived from the content; unique per contact. */
  id: string;
  contact: string;
  type:
    | 'track'
    | 'identify'
    | 'page'
    | 'screen'
    | 'group'
    | 'alias'
    | 'form'
    | 'message'
    | 'task'
    | 'change'
    | 'manual'
    | 'date'
    | 'identity';
  /** `Order Completed`; a form's id for `form`; `Page Viewed` for pages; a journey's id for `manual`; `contact.birthday` for `date`. */
  name: string;
  /** When we stored it (ISO). Orders the contact's history. */
  at: string;
  /** When the sender says it happened (ISO), after correction of clock skew. */
  happenedAt: string;
  properties: Record<string, unknown>;
  /** Where the sender says the contact came from, by its campaign marks. */
  touch?: Touch;
  /** Fields to set on the contact (identify, form). */
  traits?: Record<string, unknown>;
  /** Traits that were not taken: names that hold a web address or a whole text. */
  leftOut?: string[];
  /** Of a browser that spoke of consent: where it was (the request's `Origin`). */
  origin?: string;
  consent?: {
    channel: string;
    topic?: string;
    given: boolean;
    text?: string;
    origin?: string;
    source: string;
    /** Counts only once a click in a mail confirms it. */
    pending?: true;
    /** ISO: so long. */
    until?: string;
    /** Such a click. */
    confirms?: true;
  }[];
  addTags?: string[];
  addScore?: number;
  message?: MessageFact;
  task?: { run: string; step: string; visit?: number; outcome: string; by?: string };
  /** For `manual`: the step that handed the contact over. */
  handedBy?: { run: string; step: string; visit: number };
  /** For `manual`: as a member of a segment all of whom were put into the journey. */
  enrolment?: { id: string; segment: string };
  /** For `change`: what our own step, an import or the API already changed on the contact. */
  change?: ContactChange;
  /** Contacts that its other identities led to, and that are the same person if nothing else is known of them. */
  joins?: string[];
  /** Identities it named that belong to another contact; their values are not kept here. */
  conflicts?: IdentityConflict[];
  /** Addresses that a public door may not give this contact; it keeps what it has. */
  refusedAddresses?: ('email' | 'phone')[];
  /** Of what a run caused: the form post that the run came from. */
  post?: { id: string; at: string };
  /** How many of our own derived events led here; bounded by `maxDepth` (I8). */
  depth: number;
  /** Processing: stored, or heard by the journeys. */
  state: 'accepted' | 'heard' | 'quarantined';
}
/** A journey whose events start it again ends here, not when the money does. */
export const maxDepth = 8;

/** That an event named an address which leads to another contact. */
export interface IdentityConflict {
  kind: 'email' | 'phone';
  /** Whose it is. */
  contact: string;
}

/** What became of one message, as its provider, its reader or a link in it told. */
export interface MessageFact {
  sendId: string;
  run: string;
  journey: string;
  step: string;
  channel: string;
  was: 'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced' | 'complained' | 'unsubscribed' | 'replied';
  link?: string;
  /** Opened or clicked by a program (image proxy, scanner): kept, but moves no branch. */
  machine?: boolean;
  /** The rule that told the program, by name. */
  rule?: string;
  bounce?: 'hard' | 'soft';
  /** A soft one after so many others that the address is left alone. */
  repeated?: true;
}

/** What an event or step altered on the contact; triggers by tag, stage and segment look here. */
export interface ContactChange {
  by: string;
  fields: string[];
  tagsAdded: string[];
  tagsRemoved: string[];
  scoreAdded: number;
  stage?: { from?: string; to: string };
  /** A stage to which the contact may not go from where it was, or that there is not. */
  refusedStage?: string;
  consent: { key: string; given: boolean }[];
  suppressed: string[];
  segmentsEntered: string[];
  segmentsLeft: string[];
  /** Consents that were given for an address the contact has no more. */
  consentEnded?: string[];
  /** Addresses that it would have changed, and may not. */
  refusedAddresses?: ('email' | 'phone')[];
  /** Fields and tags for which the contact has no room left. */
  noRoom?: string[];
}
