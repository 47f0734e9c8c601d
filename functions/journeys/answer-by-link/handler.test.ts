import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOfLink } from '#channels/links';
import { createHandler as eraseContact } from '#functions/journeys/erase-contact/handler';
import { record as eraseRecord } from '#functions/journeys/erase-contact/record';
import type { Contact } from '#model/contact';
import type { Step } from '#statemachines/document/schema';
import { rotateLinkKeys } from '#store/catalogue/rotate-keys';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const call = {
  ...{ id: 'call', type: 'task', team: 'sales', title: 'Call <b>{{ contact.firstName }}</b>' },
  ...{ outcomes: ['reached', 'no "answer"'], atMost: '4 days' },
  branches: [{ answer: 'reached', steps: [email('thanks')] }],
  otherwise: { steps: [] },
} as Step;

let stage: Stage;
let ada: Contact;
let links: string[];
beforeEach(async () => {
  stage = await openStage(undefined, {
    'answer-by-link': { record, createHandler },
    'erase-contact': { record: eraseRecord, createHandler: eraseContact },
  });
  await stage.publish(journeyOf([call]));
  ada = await stage.contact();
  await stage.event(ada);
  await stage.settle();
  const text = Buffer.from(stage.outbox()[0]!.body).toString();
  links = [...text.matchAll(/https:\/\/acme\.test(\/t\/\S+)/g)].map(([, path = '']) => path);
});
afterEach(() => stage.close());

const open = async (method: 'GET' | 'HEAD' | 'POST', path: string, headers: object = {}) => {
  const answered = await stage.ask('answer-by-link', {
    ...{ method, path, body: '', headers: { accept: 'text/html', 'accept-language': 'en', ...headers } },
  } as never);
  await stage.settle();
  return answered;
};
const answers = async () =>
  (await stage.items(ada)).steps.flatMap(({ step, answer }) => (step === 'call' && answer ? [answer] : []));

describe('the link of an answer', () => {
  it('shows the task and the answer, and changes nothing, however often it is opened', async () => {
    expect(links).toHaveLength(2);
    for (const method of ['GET', 'HEAD', 'GET'] as const)
      for (const link of links) expect(await open(method, link)).toMatchObject({ status: 200 });
    const { text } = await open('GET', links[1]!);
    expect(text).toContain('<h1>Is this the answer?</h1><p>Call &lt;b&gt;Ada&lt;/b&gt;</p>');
    expect(text).toContain('<button type="submit">Answer: no &quot;answer&quot;</button>');
    expect(text).not.toContain('<script');
    expect([await answers(), (await stage.items(ada)).events.filter(({ type }) => type === 'task')]).toEqual([
      [],
      [],
    ]);
  });

  it('answers by POST, and says what was chosen, then and later', async () => {
    const chosen = 'The answer to this task is: reached. You may close this page.';
    expect(await open('POST', links[0]!)).toMatchObject({
      status: 200,
      text: expect.stringContaining(chosen),
    });
    expect(await answers()).toEqual(['reached']);
    expect((await stage.items(ada)).sends.map(({ step }) => step)).toContain('thanks');
    for (const method of ['POST', 'GET'] as const)
      expect(await open(method, links[0]!)).toMatchObject({
        status: 200,
        text: expect.stringContaining(chosen),
      });
    expect(await answers()).toEqual(['reached']);
  });

  it('answers once: who comes second with another answer is told what was answered', async () => {
    await open('POST', links[0]!);
    const second = await open('POST', links[1]!);
    expect([second.status, second.text]).toEqual([
      409,
      expect.stringContaining('Somebody answered this task already: reached. Your answer was not taken.'),
    ]);
    expect((await open('GET', links[1]!)).text).toContain('Somebody answered this task already: reached.');
    expect(await answers()).toEqual(['reached']);
  });

  it('two at the same moment leave one answer, and each page tells the truth', async () => {
    const pages = await Promise.all([open('POST', links[0]!), open('POST', links[1]!)]);
    const [answer] = await answers();
    expect(await answers()).toHaveLength(1);
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 409]);
    for (const { text } of pages)
      expect(text).toContain(answer === 'reached' ? 'reached' : 'no &quot;answer&quot;');
  });

  it('no longer answers when the run went on without it', async () => {
    await stage.advance('5 days');
    for (const method of ['GET', 'POST'] as const)
      expect(await open(method, links[0]!)).toMatchObject({
        status: 410,
        text: expect.stringContaining('No answer is needed any more'),
      });
  });

  it('works for its own time only, also where the run still waits', async () => {
    const [send] = (await stage.items(ada)).sends;
    const linkUntil = async (until: number): Promise<string> => {
      const facts = { sendId: send!.id, channel: 'team', madeAt: 0, until, outcome: 'reached' };
      return addressOfLink((await stage.store.keys()).links, '', 'task', facts);
    };
    const now = stage.clock.now();
    expect((await open('GET', await linkUntil(now))).status).toBe(410);
    expect((await open('POST', await linkUntil(now))).status).toBe(410);
    expect(await answers()).toEqual([]);
    expect((await open('GET', await linkUntil(now + 1_000))).status).toBe(200);
  });

  it('outlives a change of keys, and not a key that leaked', async () => {
    await rotateLinkKeys(stage.store, { oldForMs: 30 * 86_400_000, leaked: false });
    expect((await open('GET', links[0]!)).status).toBe(200);
    await rotateLinkKeys(stage.store, { oldForMs: 30 * 86_400_000, leaked: true });
    await stage.advance('2 hours');
    expect((await open('POST', links[0]!)).status).toBe(404);
    expect(await answers()).toEqual([]);
  });

  it('is nothing when it is flipped, cut, of another purpose or of somebody who was erased', async () => {
    const [link = ''] = links;
    const flipped = `${link.slice(0, -2)}${link.at(-2) === 'A' ? 'B' : 'A'}${link.at(-1)}`;
    for (const path of [flipped, link.slice(0, -8), `/t/${'x'.repeat(7000)}`])
      expect(await open('POST', path)).toMatchObject({ status: 404 });
    await stage.ask('erase-contact', { method: 'DELETE', path: `/v1/contacts/${ada.id}` } as never);
    expect(await open('POST', link)).toMatchObject({ status: 404 });
  });

  it('speaks the language of the browser', async () => {
    const german = await open('GET', links[0]!, { 'accept-language': 'de' });
    expect(german.text).toContain('<html lang="de">');
    expect(german.text).toContain('Ist das die Antwort?');
  });
});
