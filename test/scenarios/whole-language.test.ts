import { afterEach, describe, expect, test } from 'vitest';
import { answered, createPlayedWeb } from '#infra/local/played-web';
import { createWorld, type World, type WorldOptions } from '#infra/local/world';
import type { Journey, Step } from '#statemachines/document/schema';

/** Monday morning in Berlin. */
const start = Date.parse('2026-03-02T09:00:00Z');
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** What "at least once" allows: every record of the streams and every event of the bus comes twice. */
const twice: WorldOptions = { redeliver: { twice: true, shuffle: true } };

const open = async (options: WorldOptions = {}) => {
  const web = createPlayedWeb();
  const world = await createWorld({ start, seed: 1, logLevel: 'error', web, ...options });
  worlds.push(world);
  const admin = { authorization: `Bearer ${world.adminToken}` };
  const ask = async <T = unknown>(method: string, path: string, body?: object) => {
    const answer = await world.http({ method, path, headers: admin, ...(body && { body }) });
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
    return answer.json<T>();
  };
  const write = async (path: string, body: object) => {
    const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
    expect((await world.http({ method: 'POST', path, headers, body })).status).toBe(200);
  };
  return {
    world,
    web,
    ask,
    publish: async (id: string, steps: Step[], members: Partial<Journey> = {}) => {
      const document = {
        ...{ wayleaf: 1, id, name: id, enter: { on: [{ event: 'Signed Up' }] } },
        ...{ sending: { class: 'transactional' }, steps, ...members },
      };
      await ask('PUT', `/v1/journeys/${id}`, document);
      await ask('POST', `/v1/journeys/${id}/publish`);
    },
    enter: async (userId: string, traits: object = {}) => {
      await write('/v1/identify', {
        userId,
        traits: { email: `${userId}@example.com`, firstName: userId, ...traits },
      });
      await write('/v1/track', { userId, event: 'Signed Up' });
      await world.drain();
    },
    report: (id: string) => ask<Report>('GET', `/v1/journeys/${id}/report`),
    mails: async (channel = 'email') =>
      (await world.outbox()).filter((message) => message.channel === channel),
  };
};

interface Report {
  entered: number;
  active: number;
  ended: Record<string, number>;
  steps: {
    id: string;
    entered: number;
    sent: number;
    clicked: number;
    skipped: Record<string, number>;
    failed: Record<string, number>;
    answers: { answer: string; count: number }[];
    winner?: { by: string; looks: number; decided?: { answer: string; pValue: number } };
  }[];
}
const stepOf = (report: Report, id: string) => report.steps.find((step) => step.id === id)!;

const mail = (id: string, subject: string): Step => ({ id, type: 'email', template: 'thank-you', subject });

describe.each([
  ['each thing once', {}],
  ['everything twice, in any order', twice],
] as const)('a call that is not picked up (%s)', (_, options) => {
  const followUp: Step[] = [
    {
      ...{
        id: 'call',
        type: 'task',
        team: 'sales',
        title: 'Call {{ contact.firstName }}',
        atMost: '10 days',
      },
      outcomes: ['reached', 'no answer'],
      branches: [
        { answer: 'reached', steps: [mail('thanks', 'Good to talk')] },
        {
          answer: 'no answer',
          steps: [
            { id: 'three-days', type: 'wait', for: '3 days' },
            { id: 'again', type: 'goto', step: 'call', atMost: 2 },
            mail('sorry', 'We missed you'),
          ],
        },
      ],
      otherwise: { steps: [] },
    } as Step,
  ];
  const answer = async ({ world, mails }: Awaited<ReturnType<typeof open>>, outcome: string) => {
    const text = (await mails('team')).at(-1)?.text ?? '';
    const [, path] = new RegExp(`^${outcome}:\\nhttps?://[^/]+(/t/\\S+)$`, 'm').exec(text) ?? [];
    const { status } = await world.http({
      method: 'POST',
      path: path ?? 'the message does not say how to answer',
    });
    expect(status).toBe(200);
    await world.drain();
  };

  test('is tried again after three days, at most twice, each time as a task of its own', async () => {
    const at = await open(options);
    await at.publish('sales', followUp);
    await at.enter('ada');
    for (const day of [0, 1, 2]) {
      expect(await at.mails('team')).toHaveLength(day + 1);
      await answer(at, 'no answer');
      await at.world.advance('3 days');
    }
    expect(await at.mails('team')).toHaveLength(3);
    expect((await at.mails()).map(({ subject }) => subject)).toEqual(['We missed you']);
    const report = await at.report('sales');
    expect(stepOf(report, 'again').answers).toMatchObject([
      { answer: 'again', count: 2 },
      { answer: 'limit reached', count: 1 },
    ]);
    expect(report).toMatchObject({ entered: 1, active: 0, ended: { completed: 1 } });
  });

  test('is over when it is picked up', async () => {
    const at = await open(options);
    await at.publish('sales', followUp);
    await at.enter('ada');
    await answer(at, 'no answer');
    await at.world.advance('3 days');
    await answer(at, 'reached');
    expect((await at.mails()).map(({ subject }) => subject)).toEqual(['Good to talk']);
  });
});

describe.each([
  ['each thing once', {}],
  ['everything twice, in any order', twice],
] as const)('journeys, servers and telephones (%s)', (_, options) => {
  test('an answer of a server decides, an event starts another journey, and a third takes over', async () => {
    const { world, web, publish, enter, mails, report } = await open(options);
    web.answer(() => answered(200, { level: 9 }));
    const endpoint = `arn:aws:sns:${world.client.region}:${world.client.account}:endpoint/GCM/acme/12345678-1234-1234-1234-123456789012`;
    await publish('third', [mail('hello', 'Hello from the third')], { enter: { on: [{ manual: true }] } });
    await publish(
      'second',
      [{ id: 'touch', type: 'push', title: 'Level {{ trigger.properties.level }}', body: 'Well done' }],
      {
        enter: { on: [{ event: 'Level Reached' }] },
      },
    );
    await publish('first', [
      {
        id: 'score',
        type: 'webhook',
        url: 'https://api.example.com/score',
        body: { who: '{{ contact.email }}' },
        saveAs: 'score',
      },
      {
        id: 'high',
        type: 'decide',
        question: 'High?',
        branches: [
          {
            answer: 'Yes',
            if: { results: 'score.level', above: 5 },
            steps: [
              {
                id: 'tell',
                type: 'emit',
                event: 'Level Reached',
                properties: { level: '{{ results.score.level }}' },
              },
              { id: 'hand', type: 'enroll', journey: 'third' },
            ],
          },
        ],
        otherwise: { steps: [] },
      },
    ]);
    await enter('ada', { pushEndpoint: endpoint });
    expect(web.calls.map(({ body }) => body)).toEqual(['{"who":"ada@example.com"}']);
    expect(await mails('push')).toMatchObject([{ to: endpoint, subject: 'Level 9', text: 'Well done' }]);
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Hello from the third']);
    for (const id of ['first', 'second', 'third'])
      expect(await report(id)).toMatchObject({ entered: 1, active: 0, ended: { completed: 1 } });
  });
});

describe('a touch on a push message', () => {
  test('is a click like one in a mail', async () => {
    const { world, publish, enter, mails, report } = await open();
    const endpoint = `arn:aws:sns:${world.client.region}:${world.client.account}:endpoint/APNS/acme/12345678-1234-1234-1234-123456789012`;
    await publish('touch', [
      { id: 'push', type: 'push', title: 'News', body: 'Look', link: 'https://www.acme.example/news' },
      {
        ...{ id: 'touched', type: 'waitFor', atMost: '2 days', otherwise: { steps: [] } },
        branches: [
          { answer: 'Yes', on: { message: 'push', was: 'clicked' }, steps: [mail('thanks', 'Thanks')] },
        ],
      } as Step,
    ]);
    await enter('ada', { pushEndpoint: endpoint });
    const [push] = await mails('push');
    await world.feedback({ sendId: push!.sendId!, type: 'click', link: 'https://www.acme.example/news' });
    await world.drain();
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Thanks']);
    expect(stepOf(await report('touch'), 'push')).toMatchObject({ sent: 1, clicked: 1 });
  });
});

describe('a test of two subjects, with some held out', () => {
  test('is decided by who clicked; from then on runs take the winner, and the report says so', async () => {
    const { world, publish, enter, mails, report } = await open();
    await publish('test', [
      {
        ...{ id: 'subject', type: 'split', winner: { by: 'clicked', after: 30 } },
        arms: [
          { name: 'plain', weight: 45, steps: [mail('plain-mail', 'News')] },
          { name: 'question', weight: 45, steps: [mail('question-mail', 'Shall we?')] },
          { name: 'nothing', weight: 10, holdout: true, steps: [mail('unsent', 'Never sent')] },
        ],
      } as Step,
      { id: 'a-day', type: 'wait', for: '1 day' },
    ]);
    for (let i = 0; i < 60; i++) await enter(`person-${i}`);
    for (const { sendId, subject } of await mails())
      if (subject === 'Shall we?') await world.feedback({ sendId: sendId!, type: 'click' });
    await world.advance('2 hours');
    const before = await report('test');
    expect(stepOf(before, 'subject').winner).toMatchObject({
      by: 'clicked',
      decided: { answer: 'question', arms: [{ branch: 0, successes: 0 }, { branch: 1 }] },
    });
    for (let i = 60; i < 100; i++) await enter(`person-${i}`);
    await world.advance('2 days');
    const after = await report('test');
    const counts = (of: Report) => stepOf(of, 'subject').answers.map(({ count }) => count);
    const grown = counts(after).map((count, i) => count - counts(before)[i]!);
    expect(grown[0]).toBe(0);
    expect(grown[1]! + grown[2]!).toBe(40);
    const unsent = stepOf(after, 'unsent');
    expect(unsent.skipped).toEqual({ holdout: counts(after)[2] });
    expect(unsent.sent).toBe(0);
    expect((await mails()).some(({ subject }) => subject === 'Never sent')).toBe(false);
  });
});
