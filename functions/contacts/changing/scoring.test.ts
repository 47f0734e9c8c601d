import { afterEach, describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { openAudience } from '#test/builders/audience-world';

/** The sample client, with score rules and stages of its own. */
const open = async (more: object) => {
  const folder = { ...readClientFolder('acme'), journeys: {}, segments: {} };
  world = await openAudience({ client: { ...folder, client: { ...(folder.client as object), ...more } } });
  return world;
};
let world: Awaited<ReturnType<typeof openAudience>>;
afterEach(() => world.close());

const score = {
  rules: {
    pricing: { on: { event: 'Pricing Viewed' }, add: 40, decay: { halfLife: '10 days' } },
    trial: { on: { event: 'Trial Started' }, add: 30, decay: { after: '5 days' } },
  },
};

describe('a score that fades', () => {
  test('leads into a segment with the event, and out of it when time alone has passed', async () => {
    const { segment, publish, identify, track, advance, entered, ended, contact, segments } = await open({
      score,
    });
    await segment('hot', { score: { atLeast: 50 } });
    await publish({
      id: 'call',
      enter: { on: [{ segment: 'hot', when: 'enters' }] },
      exit: [{ if: { not: { score: { atLeast: 50 } } } }],
      steps: [{ id: 'pause', type: 'wait', for: '60 days' }],
    });
    await identify('ada');
    await track('ada', 'Pricing Viewed');
    await advance('1 minute');
    expect(await segments('ada')).toEqual([]);
    await track('ada', 'Trial Started');
    await advance('1 minute');
    expect([(await contact('ada')).score, await segments('ada')]).toEqual([70, ['hot']]);
    expect(await entered('ada', 'call')).toHaveLength(1);
    await advance('4 days');
    expect(await segments('ada')).toEqual(['hot']);
    await advance('1 day');
    expect([(await contact('ada')).score, await segments('ada')]).toEqual([28.28, []]);
    const [how] = await ended('ada', 'call');
    expect(how).toMatch(/^exited 2026-03-07T09:0/);
  });

  test('comes to a threshold by halves at its hour', async () => {
    const { segment, identify, track, advance, segments } = await open({ score });
    await segment('warm', { contact: 'score', above: 20 });
    await identify('ada');
    await track('ada', 'Pricing Viewed');
    await advance('9 days');
    expect(await segments('ada')).toEqual(['warm']);
    await advance('1 day');
    expect(await segments('ada')).toEqual([]);
  });

  test('is given once for an event that is delivered twice', async () => {
    const folder = { ...readClientFolder('acme'), journeys: {}, segments: {} };
    world = await openAudience({
      client: { ...folder, client: { ...(folder.client as object), score } },
      redeliver: { twice: true },
    });
    await world.identify('ada');
    await world.track('ada', 'Trial Started', { messageId: 'm-1' });
    await world.track('ada', 'Trial Started', { messageId: 'm-1' });
    await world.drain();
    expect((await world.contact('ada')).score).toBe(30);
  });
});

describe('fields and stages of the client', () => {
  const rules = {
    fields: { companySize: { type: 'number' }, plan: { type: 'choice', options: ['free', 'pro'] } },
    stages: { lead: { to: ['customer'] }, customer: { to: [] } },
  };

  test('a value of another type never becomes the field; a number as text does', async () => {
    const { identify, drain, contact } = await open(rules);
    await identify('ada', { companySize: 'many', plan: 'gold', hobby: 'chess' });
    await identify('bob', { companySize: '250', plan: 'pro' });
    await drain();
    expect((await contact('ada')).fields).toEqual({ email: 'ada@example.com', hobby: 'chess' });
    expect((await contact('bob')).fields).toMatchObject({ companySize: 250, plan: 'pro' });
  });

  test('a stage that an event asks for and that does not follow is told in the timeline', async () => {
    const { identify, track, advance, contact, timeline } = await open(rules);
    for (const stage of ['customer', 'lead', 'custommer']) {
      await identify('ada', { stage });
      await advance('1 second');
    }
    await track('ada', 'Seen');
    await advance('1 second');
    expect((await contact('ada')).stage).toBe('customer');
    expect((await timeline('ada')).flatMap(({ text }) => /stage .*/.exec(text) ?? [])).toEqual([
      'stage lead not allowed',
      'stage custommer not allowed',
    ]);
  });

  test('PATCH refuses a value of another type, an unknown stage and a move that is not allowed', async () => {
    const { identify, drain, contact, ask, insist } = await open(rules);
    await identify('ada');
    await drain();
    const path = `/v1/contacts/${(await contact('ada')).id}`;
    const wrong = await ask('PATCH', path, { set: { companySize: 'many' }, stage: 'custommer' });
    expect([wrong.status, wrong.json]).toMatchObject([
      422,
      {
        code: 'invalid-body',
        issues: [
          {
            path: '/set/companySize',
            code: 'invalid-number',
            message: expect.stringContaining('found "many"'),
          },
          {
            path: '/stage',
            code: 'unknown-stage',
            message: expect.stringContaining('Did you mean "customer"?'),
          },
        ],
      },
    ]);
    await insist('PATCH', path, { stage: 'customer' });
    const back = await ask('PATCH', path, { stage: 'lead' });
    expect([back.status, back.json.code]).toEqual([409, 'stage-not-allowed']);
    expect((await contact('ada')).stage).toBe('customer');
  });

  test('an event moves the stage only where the client allows it', async () => {
    const { identify, drain, contact } = await open(rules);
    for (const stage of ['customer', 'lead', 'vip']) {
      await identify('ada', { stage });
      await drain();
    }
    expect((await contact('ada')).stage).toBe('customer');
  });
});
