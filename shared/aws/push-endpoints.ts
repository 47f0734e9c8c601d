import {
  CreatePlatformEndpointCommand,
  DeleteEndpointCommand,
  GetEndpointAttributesCommand,
  SetEndpointAttributesCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';

interface ServiceError {
  name?: string;
  message?: string;
}

/** SNS names the endpoint that has the token already, and only here: no error of its own tells it. */
const existing = /Endpoint (arn:\S+) already exists with the same Token/;

/** The push service cannot have given out this token. */
export class InvalidDeviceToken extends Error {
  override readonly name = 'InvalidDeviceToken';
}

const create = async (sns: SNSClient, application: string, token: string): Promise<string> => {
  try {
    const answer = await sns.send(
      new CreatePlatformEndpointCommand({ PlatformApplicationArn: application, Token: token }),
    );
    return answer.EndpointArn ?? '';
  } catch (error) {
    const { name, message = '' } = error as ServiceError;
    const [, arn] = existing.exec(message) ?? [];
    if (arn !== undefined) return arn;
    if (name === 'InvalidParameterException' && /\bToken\b/.test(message))
      throw new InvalidDeviceToken('SNS refuses the token', { cause: error });
    throw error;
  }
};

const attributesOf = async (
  sns: SNSClient,
  endpoint: string,
): Promise<Record<string, string> | undefined> => {
  try {
    const answer = await sns.send(new GetEndpointAttributesCommand({ EndpointArn: endpoint }));
    return answer.Attributes ?? {};
  } catch (error) {
    if ((error as ServiceError).name === 'NotFoundException') return undefined;
    throw error;
  }
};

/**
 * The endpoint of a device, made if need be, with its latest token and enabled: as SNS's own guide does it
 * (https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html). Harmless however often.
 */
export const ensureEndpoint = async (sns: SNSClient, application: string, token: string): Promise<string> => {
  const endpoint = await create(sns, application, token);
  const attributes = await attributesOf(sns, endpoint);
  // Deleted since a moment ago.
  if (!attributes) return create(sns, application, token);
  if (attributes.Token !== token || attributes.Enabled !== 'true')
    await sns.send(
      new SetEndpointAttributesCommand({
        EndpointArn: endpoint,
        Attributes: { Token: token, Enabled: 'true' },
      }),
    );
  return endpoint;
};

/** Does SNS still deliver to it? */
export const isEndpointEnabled = async (sns: SNSClient, endpoint: string): Promise<boolean> =>
  (await attributesOf(sns, endpoint))?.Enabled === 'true';

/** Its token is forgotten with it. One that is gone is no error. */
export const deleteEndpoint = async (sns: SNSClient, endpoint: string): Promise<void> => {
  await sns.send(new DeleteEndpointCommand({ EndpointArn: endpoint }));
};
