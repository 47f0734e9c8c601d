import { expect, test } from 'vitest';
import type { Report } from '#functions/reports/read-report/report';
import { readClientFolder } from '../client-folder.ts';
import { mailsInFolder, mailsMeasured } from './volume.ts';

const journey = (steps: object[]): string => JSON.stringify({ id: 'j', steps });
const mail = { type: 'email' };

test('the most mails on one way are counted, not all that are written down', () => {
  const folder = { ...readClientFolder('acme') };
  const branches = [{ steps: [mail, mail] }, { steps: [{ type: 'split', arms: [{ steps: [mail] }] }] }];
  folder.journeys = {
    short: journey([mail]),
    long: journey([mail, { type: 'waitFor', branches, otherwise: { steps: [mail, mail, mail] } }, mail]),
  };
  expect(mailsInFolder(folder)).toBe(5);
  expect(mailsInFolder({ ...folder, journeys: {} })).toBe(0);
});

test('what was measured is an average over everybody who entered', () => {
  const report = (entered: number, ...sent: number[]): Report =>
    ({
      entered,
      steps: [...sent.map((n) => ({ type: 'email', sent: n })), { type: 'sms', sent: 99 }],
    }) as never;
  expect(mailsMeasured([report(100, 100, 50), report(50)])).toBe(1);
  expect(mailsMeasured([report(0)])).toBeUndefined();
});
