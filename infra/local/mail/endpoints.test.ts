import {
  CreatePlatformEndpointCommand,
  DeleteEndpointCommand,
  EndpointDisabledException,
  GetEndpointAttributesCommand,
  InvalidParameterException,
  NotFoundException,
  PublishCommand,
  SetEndpointAttributesCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../sqlite/database.ts';
import type { Execute } from '../wire/model.ts';
import { createLocalClients } from '../wire/seams.ts';
import { createMail } from './mail.ts';

const region = 'eu-central-1';
const application = (name: string) => `arn:aws:sns:${region}:111122223333:app/${name}`;
const PlatformApplicationArn = application('GCM/shop');
const apns = application('APNS/shop');

const connect = (seam: 'wire' | 'direct') => {
  const clock = { now: () => Date.parse('2026-03-01T08:00:00Z') };
  const nothing: Execute = () => Promise.reject(new Error('not here'));
  const { sns } = createMail({
    ...{ db: openDatabase(':memory:'), clock, region, account: '111122223333' },
    applications: [PlatformApplicationArn, apns],
  });
  const services = { dynamodb: nothing, sfn: nothing, ses: nothing, sns };
  return createLocalClients(services as never, { seam, region }).sns;
};

describe.each(['wire', 'direct'] as const)('endpoints of devices, over the %s seam', (seam) => {
  const open = async () => {
    const sns = connect(seam);
    const create = async (Token: string, CustomUserData?: string, app = PlatformApplicationArn) =>
      (
        await sns.send(
          new CreatePlatformEndpointCommand({
            ...{ PlatformApplicationArn: app, Token },
            ...(CustomUserData ? { CustomUserData } : {}),
          }),
        )
      ).EndpointArn!;
    const set = (EndpointArn: string, Attributes: Record<string, string>) =>
      sns.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes }));
    const get = async (EndpointArn: string) =>
      (await sns.send(new GetEndpointAttributesCommand({ EndpointArn }))).Attributes;
    const publish = (TargetArn: string) => sns.send(new PublishCommand({ TargetArn, Message: 'Hi' }));
    const remove = (EndpointArn: string) => sns.send(new DeleteEndpointCommand({ EndpointArn }));
    return { create, set, get, publish, remove };
  };

  test('are the same for the same token, and another for another', async () => {
    const { create, get } = await open();
    const arn = await create('one');
    expect([await create('one'), await get(arn)]).toEqual([arn, { Token: 'one', Enabled: 'true' }]);
    expect(await create('two')).not.toBe(arn);
    expect(arn).toMatch(/^arn:aws:sns:eu-central-1:111122223333:endpoint\/GCM\/shop\/[a-f0-9-]{36}$/);
  });

  test('refuse the same token with other data, and name the one that has it', async () => {
    const { create, set } = await open();
    const arn = await create('one', 'of Ada');
    const refusal = {
      ...{ name: 'InvalidParameterException' },
      message: `Invalid parameter: Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`,
    };
    await expect(create('one')).rejects.toMatchObject(refusal);
    await expect(set(await create('two'), { Token: 'one' })).rejects.toMatchObject(refusal);
  });

  test('take no token that is none of the platform, and no application that is not there', async () => {
    const { create } = await open();
    await expect(create('one', undefined, apns)).rejects.toBeInstanceOf(InvalidParameterException);
    expect(await create('ab'.repeat(32), undefined, apns)).toContain(':endpoint/APNS/shop/');
    await expect(create('one', undefined, application('GCM/other'))).rejects.toBeInstanceOf(
      NotFoundException,
    );
  });

  test('that are disabled take no message until they are enabled', async () => {
    const { create, set, publish } = await open();
    const arn = await create('one');
    await publish(arn);
    await set(arn, { Enabled: 'false' });
    await expect(publish(arn)).rejects.toBeInstanceOf(EndpointDisabledException);
    await set(arn, { Enabled: 'true' });
    await publish(arn);
  });

  test('that are gone are told apart from what was never here', async () => {
    const { create, get, publish, remove } = await open();
    const arn = await create('one');
    for (const _ of [1, 2]) await remove(arn);
    await expect(get(arn)).rejects.toBeInstanceOf(NotFoundException);
    await expect(publish(arn)).rejects.toMatchObject({
      ...{ name: 'InvalidParameterException' },
      message: 'Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified',
    });
    await publish(arn.replace('/shop/', '/an-application-of-somebody-else/'));
  });
});
