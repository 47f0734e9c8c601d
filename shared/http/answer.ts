import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface HttpAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/**
 * A page of ours holds no script and may not be framed. `form-action` lets its own forms post back.
 * @param leadsTo where the answer to such a post redirects: browsers hold that against `form-action` too
 */
export const html = (
  status: number,
  page: string,
  headers: Record<string, string> = {},
  leadsTo?: string,
): HttpAnswer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src https:; form-action 'self'${leadsTo === undefined ? '' : ` ${new URL(leadsTo).origin}`}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    ...headers,
  },
  body: page,
});

export const redirect = (status: 302 | 303, location: string): HttpAnswer => ({
  status,
  headers: { location },
});

export const empty = (status = 204, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers,
});

const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** As API Gateway takes it (payload 2.0). */
export const toGateway = (
  { status, headers, body }: HttpAnswer,
  also: Readonly<Record<string, string>> = {},
  method = 'GET',
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...always, ...headers, ...also },
  ...(body === undefined || method === 'HEAD'
    ? {}
    : typeof body === 'string'
      ? { body }
      : { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }),
});
