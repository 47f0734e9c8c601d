import type { Operation } from './operation.ts';

/** Who is in a segment, and how far it was put into a journey. */
export const segmentOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/segments',
    summary: 'All segments, with how many are in them',
    access: 'viewer',
    answers: { 200: { text: 'The segments', schema: 'SegmentSizes' } },
  },
  {
    method: 'GET',
    path: '/v1/segments/{id}/count',
    summary: 'How many are in a segment',
    access: 'viewer',
    answers: { 200: { text: 'The count', schema: 'SegmentSize' } },
  },
  {
    method: 'GET',
    path: '/v1/segments/{id}/members',
    summary: 'Who is in a segment, page by page',
    access: 'author',
    query: ['cursor', 'limit'],
    answers: { 200: { text: 'One page', schema: 'Members' } },
  },
  {
    method: 'GET',
    path: '/v1/enrolments',
    summary: 'Enrolments of whole segments, of the last 90 days',
    access: 'viewer',
    answers: { 200: { text: 'The enrolments', schema: 'EnrolmentsOfSegments' } },
  },
  {
    method: 'GET',
    path: '/v1/enrolments/{id}',
    summary: 'How far an enrolment is',
    access: 'viewer',
    answers: { 200: { text: 'The enrolment', schema: 'EnrolmentOfSegment' } },
  },
  {
    method: 'POST',
    path: '/v1/enrolments/{id}/stop',
    summary: 'Let no more members in; who has entered stays',
    access: 'publisher',
    answers: { 200: { text: 'The enrolment', schema: 'EnrolmentOfSegment' } },
  },
];
