/** What a Task's `Resource` asks for. */
export type Resource =
  | { kind: 'invoke'; waits: boolean; resourceType: 'lambda'; resource: string }
  | { kind: 'function'; waits: false; name: string }
  | { kind: 'sdk'; waits: boolean; service: string; action: string; resourceType: string; resource: string };

const patterns = {
  invoke: /^arn:aws[\w-]*:states:::lambda:invoke(\.waitForTaskToken)?$/,
  lambda: /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:([\w-]+)(:[\w$-]+)?$/,
  sdk: /^arn:aws[\w-]*:states:::aws-sdk:([a-z0-9]+):([a-zA-Z0-9]+)(\.waitForTaskToken)?$/,
};

/** Undefined for a resource that this service does not offer. */
export const parseResource = (text: string): Resource | undefined => {
  const invoke = patterns.invoke.exec(text);
  if (invoke) {
    const suffix = invoke[1] ?? '';
    return { kind: 'invoke', waits: suffix !== '', resourceType: 'lambda', resource: `invoke${suffix}` };
  }
  const lambda = patterns.lambda.exec(text);
  if (lambda) return { kind: 'function', waits: false, name: lambda[1] as string };
  const sdk = patterns.sdk.exec(text);
  if (!sdk) return undefined;
  const [, service = '', action = '', suffix = ''] = sdk;
  const resourceType = `aws-sdk:${service}`;
  return {
    kind: 'sdk',
    waits: suffix !== '',
    service,
    action,
    resourceType,
    resource: `${action}${suffix}`,
  };
};

/** The name within a function's name, partial ARN or ARN, without version or alias. */
export const functionName = (nameOrArn: string): string => {
  const afterFunction = nameOrArn.split(':function:')[1] ?? nameOrArn;
  return afterFunction.split(':')[0] as string;
};
