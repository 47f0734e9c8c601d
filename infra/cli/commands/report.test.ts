import { expect, test } from 'vitest';
import { describeReport } from './report.ts';

const report = {
  ...{ journey: 'welcome', versions: [1], entered: 120, refused: {}, active: 3, ended: { completed: 117 } },
  ...{ converted: 0, value: 0, steps: [], leaves: [] },
};

test('a journey that paused itself says why, and how it goes on', () => {
  const at = '2026-03-02T10:00:00.000Z';
  const paused = { because: 'bounce-rate' as const, at, mails: 120, bounced: 9, complained: 0 };
  expect(describeReport({ ...report, paused }).split('\n')[1]).toBe(
    `paused by itself at ${at}, because too many mails bounced: of 120 mails 9 bounced, and 0 people complained. When you know why: wayleaf resume welcome`,
  );
  expect(describeReport(report)).not.toContain('paused');
});

const rate = { count: 30, of: 250, value: 0.12, low: 0.0855, high: 0.1661 };

test('a split is told with intervals, probabilities and the runs still needed, never by a bare percentage', () => {
  const arms = [
    { branch: 0, answer: 'Blue', rate, chanceToBeBest: 0.13 },
    { branch: 1, answer: 'Red', rate: { ...rate, count: 40, value: 0.16 }, chanceToBeBest: 0.87 },
  ];
  const evidence = { by: 'goal' as const, isRandom: true, arms, leader: 1, pValue: 0.2, samplesNeeded: 900 };
  const step = {
    id: 'test',
    type: 'split',
    name: 'Test',
    entered: 500,
    answers: [],
    skipped: {},
    failed: {},
    held: {},
  };
  const told = describeReport({ ...report, steps: [{ ...step, evidence }] } as never);
  expect(told).toContain(
    'test (by goal, drawn by lot): 900 more runs per arm until a difference of this size would show',
  );
  expect(told).toContain('Red: 16.0 % (8.6 % to 16.6 %) of 250; best with probability 87.0 %');
});
