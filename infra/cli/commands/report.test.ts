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
