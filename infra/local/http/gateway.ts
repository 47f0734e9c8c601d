import { isUtf8 } from 'node:buffer';
import type { Answer, Request } from './exchange.ts';

/** API Gateway HTTP API, payload 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export interface GatewayEventOptions {
  /** `POST /v1/forms/{form}` */
  routeKey: string;
  /** Of the route's `{names}`, decoded. */
  parameters: Readonly<Record<string, string | undefined>>;
  now: number;
  account: string;
}

let requests = 0;

export const gatewayEvent = (
  request: Request,
  { routeKey, parameters, now, account }: GatewayEventOptions,
) => {
  const { cookie, ...headers } = request.headers;
  const mark = request.url.indexOf('?');
  const rawPath = mark < 0 ? request.url : request.url.slice(0, mark);
  const rawQueryString = mark < 0 ? '' : request.url.slice(mark + 1);
  const host = headers.host ?? 'localhost';
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; ?/) }),
    headers,
    ...(rawQueryString === '' ? {} : { queryStringParameters: readQuery(rawQueryString) }),
    ...(Object.keys(parameters).length === 0 ? {} : { pathParameters: { ...parameters } }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: host,
      domainPrefix: host.split('.', 1)[0],
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: `request-${(++requests).toString(36)}`,
      routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now,
    },
    ...readBody(request),
  };
};

/** A name that stands twice holds its values joined by commas. */
const readQuery = (text: string): Record<string, string> => {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text))
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  return { ...query };
};

const textual = /^(text\/|application\/(json|xml|javascript)\b|application\/[^;]+\+(json|xml)\b)/i;

const readBody = ({ headers, body }: Request) => {
  if (body.byteLength === 0) return { isBase64Encoded: false };
  const type = headers['content-type'];
  const asText =
    (type === undefined || textual.test(type)) && headers['content-encoding'] === undefined && isUtf8(body);
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return { body: buffer.toString(asText ? 'utf8' : 'base64'), isBase64Encoded: !asText };
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22/Nov/2026:05:54:08 +0000` */
const commonLogTime = (ms: number): string => {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

interface GatewayResult {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** What a function returned, as the browser gets it. Without a status it is the body of a 200, as on AWS. */
export const fromGatewayResult = (value: unknown): Answer => {
  const result = (value ?? {}) as GatewayResult;
  if (typeof result.statusCode !== 'number')
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value ?? null),
    };
  const headers: Record<string, string | string[]> = {};
  for (const [name, text] of Object.entries(result.headers ?? {})) headers[name.toLowerCase()] = String(text);
  if (result.cookies?.length) headers['set-cookie'] = result.cookies;
  const body = result.body ?? '';
  return {
    status: result.statusCode,
    headers,
    body: result.isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
};
