import { describe, expect, it } from 'vitest';
import { anOrder } from '#test/builders/message-order';
import { verifyLink } from '../links.ts';
import type { MessageOrder, PushMessage } from '../order.ts';
import { prepareMessage } from '../prepare.ts';
import { sendPush } from './send.ts';

const endpoint =
  'arn:aws:sns:eu-central-1:111122223333:endpoint/GCM/acme-app/12345678-1234-1234-1234-123456789012';
const aPush = (changes: Partial<MessageOrder> = {}) =>
  anOrder({
    ...{
      channel: 'push',
      template: undefined as never,
      subject: 'Hello {{ contact.firstName }}',
      text: 'A "word"\n',
    },
    contact: { pushEndpoint: endpoint, firstName: 'Ada' },
    ...changes,
  });
const made = async (changes: Partial<MessageOrder> = {}) =>
  ((await prepareMessage(aPush(changes))) as { message: PushMessage }).message;

describe('a push message', () => {
  it('goes to the endpoint of the contact, with title and text rendered', async () =>
    expect(await made()).toMatchObject({
      channel: 'push',
      to: endpoint,
      subject: 'Hello Ada',
      text: 'A "word"',
    }));

  it.each([
    undefined,
    '',
    'arn:aws:sns:eu-central-1:111122223333:acme-team-sales',
    'arn:aws:sns:eu-central-1:999988887777:endpoint/GCM/acme-app/12345678-1234-1234-1234-123456789012',
    'arn:aws:sns:us-east-1:111122223333:endpoint/GCM/acme-app/12345678-1234-1234-1234-123456789012',
    'arn:aws:sns:eu-central-1:111122223333:endpoint/GCM/acme-app/12345678-1234-1234-1234-123456789012\nx',
    `${'a'.repeat(5000)}`,
    42,
  ])('is not sent to %s', async (pushEndpoint) =>
    expect(await prepareMessage(aPush({ contact: { pushEndpoint, firstName: 'Ada' } }))).toMatchObject({
      skip: 'no-address',
    }),
  );

  it('is skipped when a variable is missing or nothing is left to say', async () => {
    expect(await prepareMessage(aPush({ text: '{{ contact.plan }}' }))).toMatchObject({
      skip: 'missing-variable',
    });
    expect(await prepareMessage(aPush({ text: '{% if false %}x{% endif %}' }))).toMatchObject({
      skip: 'template-failed',
    });
  });

  it('opens a page of the client by its name', async () => {
    const destination = async (link: string) => {
      const token = (await made({ link })).link!.slice('https://t.acme.example/c/'.length);
      return verifyLink(anOrder().keys, 'click', token);
    };
    expect(await destination('{{ links.trial }}')).toMatchObject({
      facts: { url: 'https://www.acme.example/trial?a=1&b=2' },
    });
    const literal = 'https://www.acme.example/{{ contact.firstName }}';
    expect(await destination(literal)).toMatchObject({ facts: { url: literal } });
    expect(await prepareMessage(aPush({ link: '{{ links.gone }}' }))).toMatchObject({
      skip: 'missing-variable',
    });
  });

  it('opens its link by way of us, so that it counts as a click', async () => {
    const { link } = await made({ link: 'https://www.acme.example/a' });
    const token = link!.slice('https://t.acme.example/c/'.length);
    expect(verifyLink(anOrder().keys, 'click', token)).toMatchObject({
      facts: { url: 'https://www.acme.example/a', channel: 'push' },
    });
  });

  it.each(['字', '"', 'é', '\\', '😀', 'a'])(
    'of many %j stays within what Apple and Google take',
    async (letter) => {
      const link = `https://www.acme.example/${'x'.repeat(900)}`;
      const message = await made({ text: `A${letter.repeat(2_000)}`, link });
      const inputs: { Message: string }[] = [];
      const send = async ({ input }: { input: { Message: string } }) => {
        inputs.push(input);
        return {};
      };
      await sendPush(message, { send } as never);
      const texts = JSON.parse(inputs[0]!.Message) as Record<string, string>;
      for (const platform of ['APNS', 'GCM'])
        expect(Buffer.byteLength(texts[platform]!)).toBeLessThanOrEqual(4_096);
      expect(message.text.length).toBeGreaterThan(700);
      expect(message.text.isWellFormed()).toBe(true);
    },
  );

  it('is skipped when its link leaves no room', async () => {
    const link = `https://www.acme.example/${'x'.repeat(3_500)}`;
    expect(await prepareMessage(aPush({ link }))).toMatchObject({ skip: 'template-failed' });
  });

  it('is one Publish, with the words of each platform as JSON', async () => {
    const calls: { input: Record<string, unknown> }[] = [];
    const sns = {
      send: async (command: { input: Record<string, unknown> }) => {
        calls.push(command);
        return { MessageId: 'm' };
      },
    };
    expect(await sendPush(await made(), sns as never)).toBe('m');
    expect(calls).toHaveLength(1);
    expect(calls[0]!.input).toMatchObject({ TargetArn: endpoint, MessageStructure: 'json' });
    const texts = JSON.parse(String(calls[0]!.input.Message)) as Record<string, string>;
    expect(texts.default).toBe('A "word"');
    expect(JSON.parse(texts.APNS!)).toMatchObject({
      aps: { alert: { title: 'Hello Ada', body: 'A "word"' } },
    });
    expect(JSON.parse(texts.GCM!)).toMatchObject({
      fcmV1Message: { message: { notification: { title: 'Hello Ada' }, data: { sendId: anOrder().sendId } } },
    });
  });
});
