import { type HttpRequest, readRequest } from '#http/request';

export interface GivenRequest {
  method?: string;
  route?: string;
  path?: string;
  parameters?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  ip?: string;
}

/** API Gateway's event, payload 2.0, as it calls the function. For tests. */
export const aGatewayEvent = ({
  method = 'POST',
  route,
  path = '/v1/x',
  parameters,
  query = '',
  headers = {},
  body,
  ip = '192.0.2.1',
}: GivenRequest) => ({
  version: '2.0',
  routeKey: route ?? `${method} ${path}`,
  rawPath: path,
  rawQueryString: query,
  headers: { host: 'api.acme.example', ...headers },
  ...(parameters ? { pathParameters: parameters } : {}),
  requestContext: {
    accountId: '111122223333',
    apiId: 'a1',
    domainName: 'api.acme.example',
    domainPrefix: 'api',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent: 'test' },
    requestId: 'request-1',
    routeKey: route ?? `${method} ${path}`,
    stage: '$default',
    time: '01/Mar/2026:08:00:00 +0000',
    timeEpoch: 1772352000000,
  },
  ...(body === undefined
    ? { isBase64Encoded: false }
    : typeof body === 'string'
      ? { body, isBase64Encoded: false }
      : { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }),
});

export const aRequest = (given: GivenRequest = {}): HttpRequest => readRequest(aGatewayEvent(given));
