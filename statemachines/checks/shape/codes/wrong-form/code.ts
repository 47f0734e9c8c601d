import type { Explained } from '#kernel/explained';

export const wrongForm: Explained = {
  id: 'wrong-form',
  severity: 'error',
  title: 'A text has the form that is needed',
  explain: 'Ids, durations, times, dates, zones and paths have a fixed form.',
  why: '“2 months” or “8 o’clock” are read differently by different people. Months and years differ in length, so durations are written in weeks, days, hours, minutes or seconds.',
  example: {
    wrong: '{ "id": "pause", "type": "wait", "for": "2 months" }',
    right: '{ "id": "pause", "type": "wait", "for": "60 days" }',
  },
};
