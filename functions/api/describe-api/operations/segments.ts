import { type Operation, operation } from './operation.ts';

/** Who is in a segment, and how far it was put into a journey. */
export const segmentOperations: readonly Operation[] = [
  operation('GET /v1/segments', 'viewer', 'All segments, with how many are in them', {
    200: { text: 'The segments', schema: 'SegmentSizes' },
  }),
  operation('GET /v1/segments/{id}/count', 'viewer', 'How many are in a segment', {
    200: { text: 'The count', schema: 'SegmentSize' },
  }),
  operation(
    'GET /v1/segments/{id}/members',
    'author',
    'Who is in a segment, page by page',
    { 200: { text: 'One page', schema: 'Members' } },
    { query: ['cursor', 'limit'] },
  ),
  operation(
    'POST /v1/segments/estimate',
    'author',
    'About how many contacts a definition would select, while it is written: asked of 1,000 contacts drawn by lot (of 300 where it asks for events), of all where they are no more',
    { 200: { text: 'The estimate, with its interval', schema: 'SegmentEstimate' } },
    { body: { schema: 'SegmentQuestion' } },
  ),
  operation('GET /v1/enrolments', 'viewer', 'Enrolments of whole segments, of the last 90 days', {
    200: { text: 'The enrolments', schema: 'EnrolmentsOfSegments' },
  }),
  operation('GET /v1/enrolments/{id}', 'viewer', 'How far an enrolment is', {
    200: { text: 'The enrolment', schema: 'EnrolmentOfSegment' },
  }),
  operation('POST /v1/enrolments/{id}/stop', 'publisher', 'Let no more members in; who has entered stays', {
    200: { text: 'The enrolment', schema: 'EnrolmentOfSegment' },
  }),
];
