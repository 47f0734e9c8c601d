import { crc32 } from 'node:zlib';
import { newId } from '#kernel/ids';
import { AwsError } from '../aws-error.ts';
import { LostConnection } from './lost-connection.ts';
import { type Execute, models, operationOf, type ServiceModel, type Services } from './model.ts';
import { element, escapeXml, readForm, writeXml } from './query.ts';
import { fromJson, toJson } from './shapes.ts';
import { streamsModel } from './streams-model.ts';

export interface WireRequest {
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array | string;
}

export interface WireAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Answers the SDK's own requests (and those of the AWS CLI), as the services would. */
export const createWire =
  (services: Services) =>
  async (request: WireRequest): Promise<WireAnswer> => {
    const target = request.headers['x-amz-target'];
    if (target !== undefined) return answerJson(services, target, request);
    return answerQuery(services, request);
  };

const textOf = (body: Uint8Array | string): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

const jsonModels = [models.dynamodb, models.secretsmanager, models.sfn, streamsModel];
const queryModels = [models.ses, models.sns];

const answerJson = async (services: Services, target: string, request: WireRequest): Promise<WireAnswer> => {
  const [prefix, operation = ''] = target.split('.', 2);
  const model = jsonModels.find((m) => m.target === prefix);
  if (!model) return encodeError(models.dynamodb, new AwsError('UnknownOperationException', ''));
  return attempt(model, () => executeJson(model, services[model.name], operation, request.body));
};

const answerQuery = async (services: Services, request: WireRequest): Promise<WireAnswer> => {
  const form = new URLSearchParams(textOf(request.body));
  const version = form.get('Version');
  const model = queryModels.find((m) => m.target === version);
  if (!model) {
    const reason = `No service here speaks version ${version ?? '(none)'} of the query protocol`;
    return encodeError(models.sns, new AwsError('NoSuchVersion', reason));
  }
  return attempt(model, () => executeQuery(model, services[model.name], form));
};

const attempt = async (model: ServiceModel, work: () => Promise<WireAnswer>): Promise<WireAnswer> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LostConnection) throw error;
    return encodeError(model, error);
  }
};

const executeJson = async (
  model: ServiceModel,
  execute: Execute,
  name: string,
  body: WireRequest['body'],
): Promise<WireAnswer> => {
  const operation = operationOf(model, name);
  const input = operation.input.isUnitSchema() ? {} : fromJson(operation.input)(parseJson(textOf(body)));
  const output = await execute(name, input);
  return jsonAnswer(200, toJson(operation.output)(output ?? {}));
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON');
  }
};

const executeQuery = async (
  model: ServiceModel,
  execute: Execute,
  form: URLSearchParams,
): Promise<WireAnswer> => {
  const name = form.get('Action') ?? '';
  const operation = operationOf(model, name);
  const output = await execute(name, readForm(operation.input, form));
  const result = element(`${name}Result`, writeXml(operation.output, output));
  return xmlAnswer(model, 200, `${name}Response`, result, (id) => element('ResponseMetadata', id));
};

const jsonAnswer = (statusCode: number, value: unknown): WireAnswer => {
  const body = Buffer.from(JSON.stringify(value));
  return {
    statusCode,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(body.byteLength),
      'x-amzn-requestid': newId(),
      'x-amz-crc32': String(crc32(body)),
    },
    body,
  };
};

const xmlAnswer = (
  model: ServiceModel,
  statusCode: number,
  root: string,
  inside: string,
  ending: (requestId: string) => string,
): WireAnswer => {
  const requestId = newId();
  const tail = ending(element('RequestId', requestId));
  const body = Buffer.from(`<${root} xmlns="${model.namespace}">${inside}${tail}</${root}>`);
  return {
    statusCode,
    headers: {
      'content-type': 'text/xml',
      'content-length': String(body.byteLength),
      'x-amzn-requestid': requestId,
    },
    body,
  };
};

/** An error as the service would write it; what is no `AwsError` is a fault of ours and says so. */
export const encodeError = (model: ServiceModel, error: unknown): WireAnswer => {
  const known = error instanceof AwsError ? error : internalError(error);
  return model.protocol === 'json' ? jsonError(model, known) : xmlError(model, known);
};

const internalError = (error: unknown): AwsError =>
  new AwsError(
    'InternalServerError',
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    {},
    500,
  );

const jsonError = (model: ServiceModel, error: AwsError): WireAnswer => {
  const schema = model.errors.get(error.name);
  const fields = schema ? (toJson(schema)(error.fields) as object) : error.fields;
  const messageName = schema?.getMemberSchemas().Message ? 'Message' : 'message';
  return jsonAnswer(error.statusCode, {
    __type: `${model.namespace}#${error.name}`,
    ...fields,
    [messageName]: error.message,
  });
};

const xmlError = (model: ServiceModel, error: AwsError): WireAnswer => {
  const schema = model.errors.get(error.name);
  const { awsQueryError } = (schema?.getMergedTraits() ?? {}) as { awsQueryError?: [string, number] };
  const [code, status] = awsQueryError ?? [error.name, error.statusCode];
  const inside =
    element('Type', status < 500 ? 'Sender' : 'Receiver') +
    element('Code', escapeXml(code)) +
    element('Message', escapeXml(error.message)) +
    (schema ? writeXml(schema, error.fields) : '');
  return xmlAnswer(model, status, 'ErrorResponse', element('Error', inside), (id) => id);
};
