import type { Issue } from '#kernel/issue';
import type { JourneyRecord } from '#model/journey';
import type { JourneyPause } from '#model/journey-pause';
import type { Journey } from '#statemachines/document/schema';

/** As `GET /v1/journeys` lists it. */
export interface JourneySummary
  extends Pick<JourneyRecord, 'id' | 'name' | 'owner' | 'status' | 'draftEtag' | 'updatedAt'> {
  version?: number;
  paused?: JourneyPause;
}

export type Status = JourneySummary['status'];

/** `GET /v1/journeys/{id}`, and what a change of it answers. */
export interface JourneyView extends JourneySummary {
  document?: Journey;
  issues?: Issue[];
}

/** `GET /v1/journeys/{id}/versions/{n}`. */
export interface VersionView {
  journey: string;
  version: number;
  publishedAt: string;
  document: Journey;
  templates: string[];
}

type Counts = Readonly<Record<string, number>>;

/** What the tree shows of `GET /v1/journeys/{id}/report`. */
export interface ReportView {
  entered: number;
  active: number;
  converted: number;
  value: number;
  refused: Counts;
  ended: Counts;
  steps: readonly StepReport[];
}

export interface StepReport {
  id: string;
  name: string;
  type: string;
  entered: number;
  waiting: number;
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  bounced: number;
  complained: number;
  converted: number;
  indeterminate: number;
  held: Counts;
  skipped: Counts;
  failed: Counts;
  answers: readonly { answer: string; branch: number; count: number; converted: number }[];
}
