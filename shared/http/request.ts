import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Refusal } from '#kernel/errors';
import type { Role } from '#model/role';

/** Whose token it is that asks. */
export interface Caller {
  /** Of the token. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** When the token ends (ISO). */
  readonly validUntil?: string;
}

/** One HTTP request as the work sees it: API Gateway's payload 2.0 without its accidents. */
export interface HttpRequest {
  /** API Gateway's id, for logs. */
  readonly id: string;
  /** `POST /v1/forms/{form}` */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  /** Of the route's `{names}`, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Where the connection came from. */
  readonly ip: string;
  /** Known on every route that is not public. */
  readonly caller?: Caller;
  /** Names for the audit what is acted upon, where the address does not: `tokens/ID`. */
  readonly about: (subject: string) => void;
  /** Joined to whatever the answer will be, refusals too. */
  readonly answerHeaders: Record<string, string>;
}

const lowerCased = (headers: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  );

const given = (values: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((v): v is [string, string] => v[1] !== undefined));

export const readRequest = (event: unknown): HttpRequest => {
  const { requestContext, ...gateway } = event as APIGatewayProxyEventV2;
  return {
    id: requestContext.requestId,
    route: gateway.routeKey,
    method: requestContext.http.method,
    path: gateway.rawPath,
    parameters: given(gateway.pathParameters),
    query: new URLSearchParams(gateway.rawQueryString),
    headers: lowerCased(gateway.headers),
    body: Buffer.from(gateway.body ?? '', gateway.isBase64Encoded ? 'base64' : 'utf8'),
    ip: requestContext.http.sourceIp ?? '',
    answerHeaders: {},
    about: () => {},
  };
};

/** Whoever asks on a route that is not public. */
export const callerIn = ({ caller, route }: HttpRequest): Caller => {
  if (!caller) throw new Error(`route ${route} is public`);
  return caller;
};

/** More than any id of ours; DynamoDB takes a sort key of at most 1,024 bytes. */
const maxIdLength = 256;

/**
 * A path parameter that the route is known to have. Empty or longer than anything of this kind: there is nothing there.
 * @param atMost characters
 */
export const parameter = (request: HttpRequest, name: string, atMost = maxIdLength): string => {
  const value = request.parameters[name];
  if (value === undefined) throw new Error(`route ${request.route} has no {${name}}`);
  if (value === '' || value.length > atMost)
    throw new Refusal(404, 'not-found', 'There is nothing at this address.');
  return value;
};
