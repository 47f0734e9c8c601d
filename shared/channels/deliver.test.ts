import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, describe, expect, it } from 'vitest';
import { anOrder } from '#test/builders/message-order';
import { deliver, type Providers } from './deliver.ts';
import type { MessageOrder, ReadyMessage } from './order.ts';
import { prepareMessage } from './prepare.ts';

let server: Server | undefined;
const requests: URLSearchParams[] = [];
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  requests.length = 0;
});

const clients = (port: number, timeout = 2_000): Providers => {
  const options = {
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: timeout, throwOnRequestTimeout: true },
  };
  return { ses: new SESClient(options), sns: new SNSClient(options) };
};

/** A provider that reads the whole request, remembers it and then does as told. */
const provider = async (answer: RequestListener, timeout?: number): Promise<Providers> => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push(new URLSearchParams(body));
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return clients((server.address() as AddressInfo).port, timeout);
};

const accepts =
  (action: string): RequestListener =>
  (_, response) =>
    response.end(
      `<${action}Response><${action}Result><MessageId>m-1</MessageId></${action}Result></${action}Response>`,
    );
const fails =
  (status: number, code: string, message = 'no'): RequestListener =>
  (_, response) => {
    response.statusCode = status;
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  };

const ready = async (changes: Partial<MessageOrder> = {}): Promise<ReadyMessage> => {
  const prepared = await prepareMessage(anOrder(changes));
  if ('skip' in prepared) throw new Error(prepared.detail);
  return prepared.message;
};

describe('a call to the provider', () => {
  it('hands SES the bytes, the envelope, the tags and the configuration set', async () => {
    const message = await ready();
    const outcome = await deliver(message, await provider(accepts('SendRawEmail')));
    expect(outcome).toEqual({ status: 'accepted', providerId: 'm-1' });
    const [sent] = requests;
    expect(sent?.get('Action')).toBe('SendRawEmail');
    expect(sent?.get('Destinations.member.1')).toBe('ada@example.com');
    expect(sent?.get('ConfigurationSetName')).toBe('acme');
    expect(Buffer.from(sent?.get('RawMessage.Data') ?? '', 'base64')).toEqual(
      Buffer.from((message as { raw: Uint8Array }).raw),
    );
    expect(sent?.toString()).toContain(`Tags.member.1.Name=sendId&Tags.member.1.Value=${message.sendId}`);
  });

  it('hands SNS the number, the kind and the id of the send', async () => {
    const message = await ready({ channel: 'sms', template: undefined, text: 'Hi' });
    expect(await deliver(message, await provider(accepts('Publish')))).toMatchObject({ status: 'accepted' });
    const sent = requests[0]?.toString() ?? '';
    expect(requests[0]?.get('PhoneNumber')).toBe('+4915112345678');
    for (const part of ['sendId', 'AWS.SNS.SMS.SMSType', 'Promotional', 'AWS.SNS.SMS.SenderID', 'ACME'])
      expect(sent).toContain(part);
  });

  it('hands SNS the topic of a team', async () => {
    const message = await ready({ channel: 'team', template: undefined, team: 'sales', text: 'Hi' });
    expect(await deliver(message, await provider(accepts('Publish')))).toMatchObject({ status: 'accepted' });
    expect(requests[0]?.get('TopicArn')).toBe('arn:aws:sns:eu-central-1:111122223333:acme-sales');
  });
});

describe('what a failed call says about the message', () => {
  it('was refused for good when the provider found fault with it', async () => {
    const outcome = await deliver(
      await ready(),
      await provider(fails(400, 'MessageRejected', 'Email address is not verified')),
    );
    expect(outcome).toEqual({ status: 'refused', reason: 'message-rejected', retryable: false });
  });

  it('was refused and may be tried again when the provider was too busy to take it', async () => {
    for (const [status, code] of [
      [400, 'Throttling'],
      [400, 'ThrottlingException'],
      [429, 'TooManyRequestsException'],
      [400, 'LimitExceededException'],
    ] as const) {
      const outcome = await deliver(await ready(), await provider(fails(status, code)));
      expect(outcome).toEqual({ status: 'refused', reason: 'throttled', retryable: true });
    }
  });

  it('was refused for good when the number has opted out', async () => {
    const message = await ready({ channel: 'sms', template: undefined, text: 'Hi' });
    const outcome = await deliver(
      message,
      await provider(fails(400, 'InvalidParameter', 'Phone number is opted out')),
    );
    expect(outcome).toEqual({ status: 'refused', reason: 'opted-out', retryable: false });
  });

  it('may be tried again when nobody listened', async () => {
    expect(await deliver(await ready(), clients(1))).toEqual({
      status: 'refused',
      reason: 'not-reached',
      retryable: true,
    });
  });

  it('is unknown after an error of the provider', async () => {
    expect(await deliver(await ready(), await provider(fails(500, 'InternalFailure')))).toEqual({
      status: 'unknown',
      reason: 'answered-500',
    });
    expect(await deliver(await ready(), await provider(fails(503, 'ServiceUnavailable')))).toMatchObject({
      status: 'unknown',
    });
  });

  it('is unknown after a timeout', async () => {
    expect(await deliver(await ready(), await provider(() => {}, 200))).toMatchObject({ status: 'unknown' });
  });

  it('is unknown after a cut connection', async () => {
    const cut: RequestListener = (request) => request.socket.destroy();
    expect(await deliver(await ready(), await provider(cut))).toMatchObject({ status: 'unknown' });
  });

  it('is unknown when the answer cannot be read', async () => {
    expect(
      await deliver(await ready(), await provider((_, response) => response.end('<half'))),
    ).toMatchObject({ status: 'unknown' });
  });

  it('is asked once only', async () => {
    await deliver(await ready(), await provider(fails(500, 'InternalFailure')));
    expect(requests).toHaveLength(1);
  });
});
