import { describe, expect, it } from 'vitest';
import { aClient, anOrder } from '#test/builders/message-order';
import { verifyLink } from '../links.ts';
import type { MessageOrder, Prepared } from '../order.ts';
import { prepareMessage } from '../prepare.ts';

const prepare = (changes: Partial<MessageOrder>): Promise<Prepared> =>
  prepareMessage(anOrder({ channel: 'team', template: undefined, team: 'sales', ...changes }));

describe('a message to a team', () => {
  it('goes to the topic of the team, with the journey as its subject', async () => {
    expect(await prepare({ text: 'Hot lead: {{ contact.email }}' })).toEqual({
      message: {
        channel: 'team',
        sendId: anOrder().sendId,
        to: 'arn:aws:sns:eu-central-1:111122223333:acme-sales',
        subject: 'Welcome',
        text: 'Hot lead: ada@example.com',
      },
    });
  });

  it('goes to the topic that the client named', async () => {
    const client = aClient();
    const topic = 'arn:aws:sns:eu-west-1:111122223333:other';
    client.teams.sales = { name: 'Sales', emails: [], topic };
    expect(await prepare({ text: 'x', client })).toMatchObject({ message: { to: topic } });
  });

  const task = {
    ...{ id: 'task1', due: '2026-03-03T08:30:00.000Z', outcomes: ['reached', 'no answer'] },
    openUntil: Date.UTC(2026, 2, 5, 9),
  };
  const textOf = async (changes: Partial<MessageOrder>): Promise<string> =>
    ((await prepare(changes)) as { message: { text: string } }).message.text;

  it('says what a task asks for, with a link for each answer', async () => {
    const text = await textOf({ subject: 'Call {{ contact.firstName }}', text: 'Ask how it goes.', task });
    expect(text.replace(/\/t\/\S+/g, '/t/…')).toBe(
      [
        ...['Call Ada', 'Ask how it goes.', 'Due: Tuesday 3 March 2026 at 09:30 (Europe/Berlin)'],
        'Open one of these to answer, until Thursday 5 March 2026 at 10:00 (Europe/Berlin):',
        ...['reached:\nhttps://t.acme.example/t/…', 'no answer:\nhttps://t.acme.example/t/…'],
        'Task: task1 (programs: POST https://t.acme.example/v1/tasks/task1/outcome)',
      ].join('\n\n'),
    );
  });

  it('seals into each link its own answer, the message and the end', async () => {
    const text = await textOf({ subject: 'Call', task });
    const tokens = [...text.matchAll(/\/t\/(\S+)/g)].map(([, token = '']) => token);
    const facts = tokens.map((token) => verifyLink(anOrder().keys, 'task', token));
    expect(facts).toEqual(
      task.outcomes.map((outcome) => ({
        facts: {
          ...{ sendId: anOrder().sendId, channel: 'team', madeAt: anOrder().now },
          ...{ until: task.openUntil, outcome },
        },
      })),
    );
    expect(verifyLink(anOrder().keys, 'confirm', tokens[0]!)).toEqual({ refused: 'forged' });
  });

  it('asks for no answer where nothing waits for one', async () =>
    expect(await textOf({ subject: 'Visit', task: { id: 'task1' } })).toBe('Visit\n\nTask: task1'));

  it('keeps its links whole, however long the script is', async () => {
    const text = await textOf({ subject: 'Call', text: 'x'.repeat(19_999), task });
    expect(text.match(/\/t\/\S+/g)).toHaveLength(2);
  });

  it('has a subject that SNS takes, whatever the name is', async () => {
    const contact = { firstName: `Zoë\r\nBcc: x 李 ${'y'.repeat(200)}` };
    const prepared = await prepare({ subject: 'Call {{ contact.firstName }}', contact });
    const { subject } = (prepared as { message: { subject: string } }).message;
    expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(subject).toContain('Call Zoe Bcc: x ? yyy');
  });

  it('is skipped when a variable is missing', async () => {
    expect(await prepare({ subject: 'Call {{ contact.nickname }}' })).toEqual({
      skip: 'missing-variable',
      detail: 'contact.nickname',
    });
  });
});
