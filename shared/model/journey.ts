import type { JourneyPause } from './journey-pause.ts';

/** What the catalogue keeps of one journey over all its versions. */
export interface JourneyRecord {
  id: string;
  name: string;
  /** Who may change it. A deployment never takes back what the API published, nor the reverse. */
  owner: 'folder' | 'api';
  status: 'draft' | 'live' | 'paused' | 'archived';
  /** ETag of the draft: changes with each upload. */
  draftEtag: string;
  /** The version that new runs start on; absent while nothing was published. */
  version?: number;
  stateMachineArn?: string;
  /** ARN of the published version of the state machine, as StartExecution takes it. */
  versionArn?: string;
  updatedAt: string;
  /** Why we paused it ourselves, and what was counted within the last days; gone when somebody resumes it. */
  paused?: JourneyPause;
  /** Dates of the contact that start the version that new runs start on. */
  dates?: { date: string; offset?: string; at?: string }[];
  /** Channels on which the version caps messages. */
  capped?: ('email' | 'sms' | 'push')[];
  /** Counts writes; the condition of every change. */
  rev: number;
}

/** A frozen version: the document as text, the machine, and the templates as they were. */
export interface JourneyVersion {
  journey: string;
  version: number;
  publishedAt: string;
  /** The document's own text. */
  document: string;
  asl: string;
  versionArn: string;
  templates: Record<string, CompiledTemplate>;
}

/** The words of a template in one language; Liquid still in place. */
export interface TemplateContent {
  subject?: string;
  preheader?: string;
  html?: string;
  text?: string;
}

/** A template ready to render: layout and partials in place, MJML turned into HTML. */
export interface CompiledTemplate extends TemplateContent {
  id: string;
  channel: 'email' | 'sms' | 'push';
  topic?: string;
  /** What it is written in, where it says so; else the client's language. */
  language?: string;
  /** The same in other languages, each whole. */
  languages?: Record<string, TemplateContent>;
}
