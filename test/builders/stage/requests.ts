import type { FunctionRecord } from '#aws/function-record';
import { aGatewayEvent, type GivenRequest } from '../http-request.ts';
import type { Machinery } from './machinery.ts';

export const adminToken = 'an-administrators-token';

/** The members that tests look at. */
interface Answer {
  code?: string;
  issues?: { code: string; path: string }[];
  status?: unknown;
  version?: number;
  [member: string]: unknown;
}

/** One request of an administrator, to a function that was handed to the stage. */
export const openRequests =
  ({ handed, invoke }: Machinery) =>
  async (name: string, { method = 'POST', path = '/', body, ...given }: GivenRequest) => {
    const event = aGatewayEvent({
      ...{ method, path, ...routeOf(handed[name]?.record, method, path) },
      headers: {
        authorization: `Bearer ${adminToken}`,
        'content-type': 'application/json',
        ...given.headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const answer = (await invoke(name, event)) as {
      statusCode: number;
      headers: Record<string, string>;
      body?: string;
    };
    const isJson = answer.headers['content-type']?.includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body ?? '',
      json: (isJson ? JSON.parse(answer.body ?? 'null') : {}) as Answer,
    };
  };

/** The route of a record that a path fits, as API Gateway finds it. */
const routeOf = (record: FunctionRecord | undefined, method: string, path: string) => {
  for (const trigger of record?.triggers ?? []) {
    if (trigger.kind !== 'http' || trigger.method !== method) continue;
    const pattern = trigger.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)').replaceAll('.', '\\.');
    const found = new RegExp(`^${pattern}$`).exec(path);
    if (found) return { route: `${method} ${trigger.path}`, parameters: { ...found.groups } };
  }
  throw new Error(`no route ${method} ${path}`);
};
