import type { Operation } from './operations.ts';

/** Who is in a segment. */
export const segmentOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/segments',
    summary: 'All segments, with how many are in them',
    access: 'admin',
    answers: { 200: { text: 'The segments', schema: 'SegmentSizes' } },
  },
  {
    method: 'GET',
    path: '/v1/segments/{id}/count',
    summary: 'How many are in a segment',
    access: 'admin',
    answers: { 200: { text: 'The count', schema: 'SegmentSize' } },
  },
  {
    method: 'GET',
    path: '/v1/segments/{id}/members',
    summary: 'Who is in a segment, page by page',
    access: 'admin',
    query: ['cursor', 'limit'],
    answers: { 200: { text: 'One page', schema: 'Members' } },
  },
];
