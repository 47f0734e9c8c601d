import { describe, expect, it } from 'vitest';
import { aClient, anOrder } from '#test/builders/message-order';
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

  it('says what a task asks for', async () => {
    const task = { id: 'task1', due: '2026-03-03T08:30:00.000Z', outcomes: ['reached', 'no answer'] };
    expect(
      await prepare({ subject: 'Call {{ contact.firstName }}', text: 'Ask how it goes.', task }),
    ).toMatchObject({
      message: {
        subject: 'Call Ada',
        text: 'Call Ada\n\nAsk how it goes.\n\nDue: Tuesday 3 March 2026 at 09:30 (Europe/Berlin)\n\nAnswer with one of: reached, no answer.\n\nTask: task1\n\nTo answer: POST https://t.acme.example/v1/tasks/task1/outcome with {"outcome":"reached"} and the token of the administrators.',
      },
    });
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
