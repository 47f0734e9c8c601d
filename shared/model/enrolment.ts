import * as z from 'zod';

/** Longer than anybody wants to wait for the last of them; below, one a minute is the slowest. */
export const slowestPerMinute = 1;
/** 200 a second: two thirds of what Step Functions starts in its largest Regions (`enrolmentsPerSecond`). */
export const fastestPerMinute = 12_000;

/** That all members of a segment are put into a journey, at a pace. */
export const enrolmentSchema = z
  .object({
    id: z.string(),
    journey: z.string(),
    segment: z.string(),
    properties: z.record(z.string(), z.json()).describe('`trigger.properties` of every run'),
    perMinute: z.number().describe('At most so many a minute; the service may take fewer'),
    status: z
      .enum(['waiting', 'running', 'done', 'stopped'])
      .describe('waiting: until the segment is built; stopped: by hand, or see `reason`'),
    reason: z.enum(['by-hand', 'journey-closed', 'segment-gone']).optional(),
    createdAt: z.string(),
    startedAt: z.string().optional().describe('Who came into the segment later is not meant'),
    endedAt: z.string().optional(),
    looked: z.int().describe('Members that had their turn'),
    entered: z.int(),
    left: z.int().describe('Members no longer when their turn came'),
    failed: z.int().describe('Tried several times and given up; see the log'),
    refused: z.record(z.string(), z.int()).describe('By reason: what `enter.if` and `enter.again` kept out'),
  })
  .describe('An enrolment of a whole segment');
export type Enrolment = z.infer<typeof enrolmentSchema>;

/** Where it stands; nobody's business but that of who goes on with it. */
export interface EnrolmentWork extends Enrolment {
  shard: number;
  /** Mark of the last member of the shard that had its turn. */
  after?: string;
  /** ISO: when the next portion is due. */
  nextAt: string;
  /** How often this portion was tried in vain. */
  tries: number;
  /** Counts the times it was written; the condition of every writing. */
  turn: number;
}

/** What the API tells of it. */
export const viewEnrolment = (work: EnrolmentWork): Enrolment => {
  const { shard: _, after: __, nextAt: ___, tries: ____, turn: _____, ...enrolment } = work;
  return enrolment;
};
