import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { email, journeyOf, pause, waitForClick } from '#test/builders/journeys';
import { openStage, type Stage } from '#test/builders/journey-stage';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('a journey of mails and waits', () => {
  it('sends, waits, sends again and completes', async () => {
    await stage.publish(journeyOf([email('first'), pause('two-days'), email('second')]));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    expect(stage.outbox()).toHaveLength(1);
    await stage.advance('2 days');
    expect(stage.outbox().map(({ to }) => to)).toEqual([[ada.fields.email], [ada.fields.email]]);
    const { runs, sends, steps } = await stage.items(ada);
    expect(runs).toMatchObject([{ status: 'ended', ended: { how: 'completed' } }]);
    expect(sends.map(({ status }) => status)).toEqual(['sent', 'sent']);
    expect(steps).toMatchObject([{ step: 'two-days', outcome: 'done', endedAt: '2026-03-04T10:00:00.000Z' }]);
  });
});
