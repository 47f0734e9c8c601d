import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionRecord, Trigger } from '#aws/function-record';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { pascal } from './settings.ts';

export interface RoutesStackProps extends StackProps {
  client: Client;
  apiId: string;
  records: readonly FunctionRecord[];
}

/**
 * What the API answers. Functions are named, not referred to: a route more or less touches no other stack,
 * and an id depends on nothing but the function or the route itself.
 */
export class RoutesStack extends Stack {
  constructor(scope: Construct, id: string, { client, apiId, records, ...props }: RoutesStackProps) {
    super(scope, id, props);
    for (const record of records) {
      const routes = record.triggers.filter((t): t is HttpTrigger => t.kind === 'http');
      if (routes.length > 0) new Routes(this, pascal(record.name), { client, apiId, record, routes });
    }
  }
}

type HttpTrigger = Extract<Trigger, { kind: 'http' }>;
interface RoutesProps {
  client: Client;
  apiId: string;
  record: FunctionRecord;
  routes: readonly HttpTrigger[];
}

/** One function's routes: one integration and one permission, however many they are. */
class Routes extends Construct {
  constructor(scope: Construct, id: string, { client, apiId, record, routes }: RoutesProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const functionArn = stack.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: namesOf(client.name).function(record.name),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const integration = new CfnIntegration(this, 'Integration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: functionArn,
      payloadFormatVersion: '2.0',
    });
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: stack.formatArn({ service: 'execute-api', resource: apiId, resourceName: '*/*/*' }),
    });
    for (const { method, path } of routes) {
      const routeKey = `${method} ${path}`;
      const target = `integrations/${integration.ref}`;
      const route = new CfnRoute(this, `${method}${path.replaceAll('/', '-')}`, {
        apiId,
        routeKey,
        target,
        authorizationType: 'NONE',
      });
      acknowledge(route, 'the-function-authorises');
    }
  }
}
