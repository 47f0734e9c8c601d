import type { viewJourney } from '#functions/journeys/publishing/find-journey';
import type { JourneyRow as JourneyFigures } from '#functions/reports/figures/subjects';
import type { Report, StepReport } from '#functions/reports/read-report/report';
import type { Issue } from '#kernel/issue';
import type { Journey } from '#statemachines/document/schema';

/** As `GET /v1/journeys` lists it. */
export type JourneySummary = ReturnType<typeof viewJourney>;
export type Status = JourneySummary['status'];

/** `GET /v1/journeys/{id}`, and what a change of it answers. */
export type JourneyView = JourneySummary & { document?: Journey; issues?: Issue[] };

/** `GET /v1/journeys/{id}/versions/{n}`. */
export interface VersionView {
  journey: string;
  version: number;
  publishedAt: string;
  document: Journey;
  templates: string[];
}

export type { JourneyFigures, Report as ReportView, StepReport };
