import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '#store/keys';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';
import { createHandler as changeJourney } from '../change-journey/handler.ts';
import { record as changeJourneyRecord } from '../change-journey/record.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(undefined, {
    'watch-rates': { record, createHandler },
    'change-journey': { record: changeJourneyRecord, createHandler: changeJourney },
  });
  await stage.publish(journeyOf([email('first')]));
});
afterEach(() => stage.close());

const count = (delivered: number, hardBounced: number, complained = 0) =>
  stage.store.main.put({
    ...main.count('a-journey', 1, 0),
    ...{ 'first|delivered': delivered, 'first|hardBounced': hardBounced, 'first|complained': complained },
  });
const watch = () => stage.invoke('watch-rates', { source: 'schedule' });
const resume = () => stage.ask('change-journey', { path: '/v1/journeys/a-journey/resume' });

it('pauses a journey whose mails bounce too often, says why, and sends nothing more', async () => {
  await count(94, 6);
  expect(await watch()).toEqual({ paused: 1 });
  expect(stage.log).toContainEqual({
    ...{ level: 'error', event: 'journey-paused' },
    fields: { journey: 'a-journey', because: 'bounce-rate', mails: 100, bounced: 6, complained: 0 },
  });
  await stage.event(await stage.contact());
  await stage.settle();
  expect(stage.outbox()).toEqual([]);
  const again = await stage.ask('change-journey', { path: '/v1/journeys/a-journey/pause' });
  expect(again.json).toMatchObject({ status: 'paused', paused: { because: 'bounce-rate', mails: 100 } });
});

it('pauses one that too many complain about', async () => {
  await count(2_000, 0, 3);
  expect(await watch()).toEqual({ paused: 1 });
});

it('leaves alone what is within its bounds, or too little to say', async () => {
  await count(50, 40, 10);
  expect(await watch()).toEqual({ paused: 0 });
  await count(10_000, 400, 9);
  expect(await watch()).toEqual({ paused: 0 });
});

it('counts anew once somebody resumed it', async () => {
  await count(94, 6);
  await watch();
  expect((await resume()).json).not.toHaveProperty('paused');
  expect(await watch()).toEqual({ paused: 0 });
  await count(194, 20);
  expect(await watch()).toEqual({ paused: 1 });
});

it('judges by the last days, not by all that ever was', async () => {
  await count(1_000_000, 10);
  for (let days = 0; days < 3; days++) {
    await watch();
    await stage.advance('1 day');
  }
  await count(1_000_200, 40);
  expect(await watch()).toEqual({ paused: 1 });
});
