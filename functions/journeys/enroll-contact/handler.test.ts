import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(undefined, { 'enroll-contact': { record, createHandler } });
  const enter = { on: [{ manual: true as const }] };
  await stage.publish(journeyOf([pause('a-day', '1 day'), email('first')], { enter }));
});
afterEach(() => stage.close());

const enroll = (body: unknown, headers: Record<string, string> = {}, id = 'a-journey') =>
  stage.ask('enroll-contact', { path: `/v1/journeys/${id}/enroll`, headers, body: JSON.stringify(body) });

describe('enrolling a contact', () => {
  it('starts one run, with what was said about it as its trigger', async () => {
    const ada = await stage.contact();
    const answer = await enroll({ contact: ada.id, properties: { plan: 'pro' } });
    await stage.settle();
    const { runs } = await stage.items(ada);
    expect(runs).toMatchObject([
      { status: 'active', trigger: { type: 'manual', properties: { plan: 'pro' } } },
    ]);
    expect(answer).toMatchObject({ status: 202, json: { run: runs[0]?.id, contact: ada.id } });
  });

  it('is answered alike when it is asked twice with one key', async () => {
    const ada = await stage.contact();
    const key = { 'idempotency-key': 'once' };
    const [first, second] = [
      await enroll({ contact: { id: ada.id } }, key),
      await enroll({ contact: ada.id }, key),
    ];
    expect([second.status, second.json.run]).toEqual([202, first.json.run]);
    expect((await stage.items(ada)).runs).toHaveLength(1);
  });

  it('is refused while the contact is in the journey', async () => {
    const ada = await stage.contact();
    await enroll({ contact: ada.id });
    expect(await enroll({ contact: ada.id })).toMatchObject({
      status: 409,
      json: { code: 'already-active' },
    });
  });

  it('is refused for who or what is not there', async () => {
    expect(await enroll({ contact: 'nobody' })).toMatchObject({
      status: 404,
      json: { code: 'unknown-contact' },
    });
    expect(await enroll({ contact: 'a@b.example' })).toMatchObject({ status: 404 });
    expect(await enroll({ contact: 'x' }, {}, 'b-journey')).toMatchObject({
      status: 404,
      json: { code: 'unknown-journey' },
    });
    expect(await enroll({})).toMatchObject({ status: 422 });
  });

  it('is refused where nobody enters by hand', async () => {
    await stage.publish(journeyOf([email('first')], { id: 'by-event' }));
    const ada = await stage.contact();
    expect(await enroll({ contact: ada.id }, {}, 'by-event')).toMatchObject({
      status: 409,
      json: { code: 'not-manual' },
    });
    expect((await stage.items(ada)).events).toEqual([]);
  });
});
