import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Contact } from '#model/contact';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
let ada: Contact;
beforeAll(async () => {
  stage = await openStage(undefined, { 'preview-template': { record, createHandler } });
  await stage.publish(journeyOf([email('welcome')]));
  ada = await stage.contact();
  await stage.event(ada);
  await stage.settle();
});
afterAll(() => stage.close());

const ask = (id: string) => stage.ask('preview-template', { method: 'GET', path: `/v1/messages/${id}` });

it('a message is shown as it was sent: by its frozen template, with links that change nothing', async () => {
  const [send] = (await stage.items(ada)).sends;
  const { status, json } = await ask(send!.id);
  expect(status).toBe(200);
  expect(json).toMatchObject({ channel: 'email', status: 'sent', subject: send!.subject, contact: ada.id });
  expect((json as { text: string }).text).toContain('Hello Ada.');
  const went = Buffer.from(stage.outbox()[0]!.body).toString();
  const key = /\/u\/([\w.-]+)/.exec(went)?.[1];
  expect(key).toBeDefined();
  expect(JSON.stringify(json)).not.toContain(key);
});

it('nobody has a message of an id that is none', async () => {
  for (const id of ['nothing', `${'0'.repeat(20)}-${'0'.repeat(20)}`])
    expect((await ask(id)).json).toMatchObject({ code: 'unknown-message' });
});
